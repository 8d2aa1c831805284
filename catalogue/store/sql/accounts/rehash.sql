-- The same password under newer parameters, unless it was changed meanwhile.
update actor set password_hash = $password_hash
where actor_id = $actor_id and password_hash = $old_hash
