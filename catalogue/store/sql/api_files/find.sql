-- The waiting files of a token, of some contents.
select sha256, file_name, media_type, content
from api_file
where actor_id = $actor_id and sha256 in (select unnest($digests::varchar[])) and sent_at >= $after
order by sha256
