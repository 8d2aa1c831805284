update actor set is_active = false where actor_id = $actor_id
