update api_token set used_at = $now where actor_id = $actor_id
