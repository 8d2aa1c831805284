-- The procedures that figures/catalogue_level counts.
select distinct v.procedure_code as member, true as in_numerator, false as in_denominator
from procedure_at($as_of, $revision) as v
join procedure_version_level as l on l.version_id = v.version_id
where v.in_force and level_group(l.level, v.is_vertical) = $level_group
