-- Distinct procedures in force that touch a level group; a procedure counts once in each group.
select count(distinct v.procedure_code) as numerator, cast(null as bigint) as denominator
from procedure_at($as_of, $revision) as v
join procedure_version_level as l on l.version_id = v.version_id
where v.in_force and level_group(l.level, v.is_vertical) = $level_group
