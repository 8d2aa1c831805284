-- The words of the sources behind some versions.
select version_id, cast(raw as varchar) as raw
from procedure_version_source
where version_id in (select unnest($versions::bigint[]))
order by version_id
