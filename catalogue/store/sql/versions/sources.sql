-- The words of the sources behind some versions, and what each said last.
select version_id, cast(raw as varchar) as raw, cast(said as varchar) as said
from procedure_version_source
where version_id in (select unnest($versions::bigint[]))
order by version_id
