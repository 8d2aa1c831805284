delete from digest_sent where actor_id = $actor_id and sent_on = $sent_on
