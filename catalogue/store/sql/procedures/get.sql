-- The version of one procedure that holds on a day.
select
    v.version_id, p.national_code, p.agency_suffix, p.origin, v.decision_id, v.source, v.procedure_type,
    coalesce(a.name, v.issuing_agency_text) as agency_name
from procedure_at($as_of, $revision) as v
join procedure as p on p.procedure_code = v.procedure_code
left join agency as a on a.agency_code = v.issuing_agency
where v.procedure_code = $code
