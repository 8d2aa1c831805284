insert into revision (revision, recorded_at, actor_id, command, previous_hash, hash)
values ($revision, $recorded_at, $actor_id, $command, $previous_hash, $hash)
