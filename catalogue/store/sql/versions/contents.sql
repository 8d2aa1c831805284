-- The whole content of some versions, by procedure and day.
with chosen as (
    select version_id, procedure_code, effective_date, in_force, name, field_name, issuing_agency, issuing_agency_text,
        is_vertical, procedure_type, decision_id, details
    from procedure_version
    where version_id in (select unnest($versions::bigint[]))
),
level as (
    select version_id, list(level order by level) as levels
    from procedure_version_level semi join chosen using (version_id)
    group by version_id
),
agency as (
    select version_id,
        list(agency_text order by position) filter (role = 'implementing') as implementing,
        list(agency_text order by position) filter (role = 'competent') as competent,
        list(agency_text order by position) filter (role = 'authorised') as authorised,
        list(agency_text order by position) filter (role = 'cooperating') as cooperating
    from procedure_version_agency semi join chosen using (version_id)
    group by version_id
),
basis as (
    select version_id, list({
        text: document_text, number: number, issued_on: strftime(issued_on, '%Y-%m-%d'), document_id: document_id
    } order by position) as legal_bases
    from procedure_version_legal_basis semi join chosen using (version_id)
    group by version_id
)
select
    c.procedure_code, p.origin, c.version_id, c.effective_date, c.in_force, c.name, c.field_name, c.issuing_agency,
    c.issuing_agency_text, c.is_vertical, c.procedure_type, c.decision_id, cast(c.details as varchar) as details,
    l.levels, a.implementing, a.competent, a.authorised, a.cooperating, b.legal_bases
from chosen as c
join procedure as p on p.procedure_code = c.procedure_code
left join level as l on l.version_id = c.version_id
left join agency as a on a.version_id = c.version_id
left join basis as b on b.version_id = c.version_id
order by c.procedure_code, c.effective_date, c.version_id
