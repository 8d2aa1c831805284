-- The whole content of some procedures (all where $codes is null) as they stand on a day, as known at a revision.
with standing as (
    select version_id, procedure_code, effective_date, in_force, name, field_name, issuing_agency, issuing_agency_text,
        is_vertical, procedure_type, decision_id, details
    from procedure_at($as_of, $revision)
    where $codes::varchar[] is null or procedure_code in (select unnest($codes::varchar[]))
),
level as (
    select version_id, list(level order by level) as levels
    from procedure_version_level semi join standing using (version_id)
    group by version_id
),
agency as (
    select version_id,
        list(agency_text order by position) filter (role = 'implementing') as implementing,
        list(agency_text order by position) filter (role = 'competent') as competent,
        list(agency_text order by position) filter (role = 'authorised') as authorised,
        list(agency_text order by position) filter (role = 'cooperating') as cooperating
    from procedure_version_agency semi join standing using (version_id)
    group by version_id
),
basis as (
    select version_id, list({
        text: document_text, number: number, issued_on: strftime(issued_on, '%Y-%m-%d'), document_id: document_id
    } order by position) as legal_bases
    from procedure_version_legal_basis semi join standing using (version_id)
    group by version_id
)
select
    s.procedure_code, p.national_code, p.agency_suffix, p.origin, s.version_id, s.effective_date, s.in_force, s.name,
    s.field_name, s.issuing_agency, s.issuing_agency_text, s.is_vertical, s.procedure_type, s.decision_id,
    cast(s.details as varchar) as details, l.levels, a.implementing, a.competent, a.authorised, a.cooperating,
    b.legal_bases
from standing as s
join procedure as p on p.procedure_code = s.procedure_code
left join level as l on l.version_id = s.version_id
left join agency as a on a.version_id = s.version_id
left join basis as b on b.version_id = s.version_id
order by s.procedure_code
