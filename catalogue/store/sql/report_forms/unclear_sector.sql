-- Procedures in force with a level below the centre whose source does not say whether a vertical sector handles them.
select count(distinct v.procedure_code) as procedures
from procedure_at($as_of, $revision) as v
join procedure_version_level as l on l.version_id = v.version_id
where v.in_force and v.is_vertical is null and l.level in ('provincial', 'district', 'communal')
