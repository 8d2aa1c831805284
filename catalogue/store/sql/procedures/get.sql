-- The version of one procedure that holds on a day.
select
    v.version_id, v.procedure_code, p.national_code, p.agency_suffix, p.origin, v.effective_date, v.in_force, v.name,
    v.field_name, v.field_code, v.issuing_agency, coalesce(a.name, v.issuing_agency_text) as agency_name,
    v.is_vertical, v.procedure_type, v.decision_id, v.source, v.details,
    coalesce((select list(l.level order by l.level) from procedure_version_level as l
        where l.version_id = v.version_id), []) as levels
from procedure_at($as_of, $revision) as v
join procedure as p on p.procedure_code = v.procedure_code
left join agency as a on a.agency_code = v.issuing_agency
where v.procedure_code = $code
