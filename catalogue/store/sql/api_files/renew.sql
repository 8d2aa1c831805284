-- The same content sent once more.
update api_file set file_name = $file_name, sent_at = $now where actor_id = $actor_id and sha256 = $sha256
