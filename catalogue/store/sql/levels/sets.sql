-- Procedures in force by the exact set of their levels, and by whether they belong to a vertical sector.
select levels, is_vertical, cast(count(*) as bigint) as procedures
from (
    select v.procedure_code, v.is_vertical, coalesce(list(l.level order by l.level) filter (l.level is not null), []) as levels
    from procedure_at($as_of, $revision) as v
    left join procedure_version_level as l on l.version_id = v.version_id
    where v.in_force
    group by v.procedure_code, v.is_vertical
)
group by levels, is_vertical
order by procedures desc, levels, is_vertical
