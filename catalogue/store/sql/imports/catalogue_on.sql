-- The catalogue on a day, in the columns that a list can be compared with.
select
    v.procedure_code, v.version_id, v.in_force, v.content_hash, v.name, v.field_name,
    v.issuing_agency, v.issuing_agency_text, p.national_code, p.agency_suffix, p.origin
from procedure_at($observed_on, $revision) as v
join procedure as p on p.procedure_code = v.procedure_code
order by v.procedure_code
