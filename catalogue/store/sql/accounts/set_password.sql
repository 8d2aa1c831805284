update actor set password_hash = $password_hash where actor_id = $actor_id
