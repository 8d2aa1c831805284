select version_id, level
from procedure_version_level
where version_id in (select unnest($versions))
order by version_id, level
