update session set ended_at = $now
where actor_id = $actor_id and ended_at is null
