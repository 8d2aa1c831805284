update actor set email = $email where actor_id = $actor_id
