-- What names some procedures, by the last version known on a day.
select v.procedure_code as member, v.name, v.procedure_code as code, v.issuing_agency as agency_code,
    coalesce(a.short_name, v.issuing_agency_text) as agency
from procedure_at($as_of, $revision) as v
left join agency as a on a.agency_code = v.issuing_agency
where v.procedure_code in (select unnest($members::varchar[]))
