-- What a list does not say about a procedure and its next version keeps.
select version_id, is_vertical, procedure_type, cast(details as varchar) as details
from procedure_version
where version_id in (select unnest($versions))
