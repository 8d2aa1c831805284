-- What the catalogue says of some codes on a day; a version that begins later, or ended, is not in force.
with latest as (
    select procedure_code, arg_max(name, row(effective_date, version_id)) as name,
        arg_max(field_name, row(effective_date, version_id)) as field_name
    from procedure_version
    where revision <= $revision
    group by procedure_code
)
select p.procedure_code, coalesce(v.name, l.name, '') as name, coalesce(v.field_name, l.field_name) as field_name,
    coalesce(v.in_force, false) as in_force
from procedure as p
left join procedure_at($as_of, $revision) as v on v.procedure_code = p.procedure_code
left join latest as l on l.procedure_code = p.procedure_code
where p.procedure_code in (select unnest($codes::varchar[])) and p.revision <= $revision
order by p.procedure_code
