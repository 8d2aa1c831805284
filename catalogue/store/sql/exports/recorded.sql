-- When the catalogue was first recorded, and the last day on which it changed: a version was recorded or took effect.
select
    cast(min(r.recorded_at) as date) as issued_on,
    greatest(cast(max(r.recorded_at) as date), max(v.effective_date)) as modified_on
from procedure_version as v
join revision as r on r.revision = v.revision
where v.effective_date <= $as_of and v.revision <= $revision
