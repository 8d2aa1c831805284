-- What was flagged in some versions when they were written.
select version_id, position, rule, part, value
from procedure_version_problem
where version_id in (select unnest($versions::bigint[]))
order by version_id, position
