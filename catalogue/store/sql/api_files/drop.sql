-- Files of a token that claims bring from now on.
delete from api_file where actor_id = $actor_id and sha256 in (select unnest($digests::varchar[]))
