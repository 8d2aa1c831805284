-- What is in force on a day that a list could leave out: by issuing agency.
select v.procedure_code, p.national_code, p.agency_suffix, v.name, v.field_name, v.issuing_agency, v.issuing_agency_text
from procedure_at($observed_on, $revision) as v
join procedure as p on p.procedure_code = v.procedure_code
where v.in_force and p.origin <> 'demo'
order by v.procedure_code
