-- What one source said last, of some versions.
select version_id, said ->> $source as said
from procedure_version_source
where version_id in (select unnest($versions::bigint[])) and said ->> $source is not null
order by version_id
