-- How many files of a token wait, and how many bytes they are, beside one content.
select count(*) as files, coalesce(sum(octet_length(content)), 0)::bigint as bytes
from api_file
where actor_id = $actor_id and sha256 <> $sha256
