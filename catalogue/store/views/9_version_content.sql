-- version_content(ids): the whole content of some versions.
create or replace macro version_content(ids) as table
with wanted as (
    select version_id, procedure_code, effective_date, in_force, name, field_name, issuing_agency, issuing_agency_text,
        is_vertical, procedure_type, decision_id, details
    from procedure_version
    where version_id in (select unnest(ids))
),
level as (
    select version_id, list(level order by level) as levels
    from procedure_version_level semi join wanted using (version_id)
    group by version_id
),
agency as (
    select version_id,
        list(agency_text order by position) filter (role = 'implementing') as implementing,
        list(agency_text order by position) filter (role = 'competent') as competent,
        list(agency_text order by position) filter (role = 'authorised') as authorised,
        list(agency_text order by position) filter (role = 'cooperating') as cooperating
    from procedure_version_agency semi join wanted using (version_id)
    group by version_id
),
basis as (
    select version_id, list({
        text: document_text, number: number, issued_on: strftime(issued_on, '%Y-%m-%d'), document_id: document_id
    } order by position) as legal_bases
    from procedure_version_legal_basis semi join wanted using (version_id)
    group by version_id
)
select
    w.procedure_code, p.national_code, p.agency_suffix, p.origin, w.version_id, w.effective_date, w.in_force, w.name,
    w.field_name, w.issuing_agency, w.issuing_agency_text, w.is_vertical, w.procedure_type, w.decision_id,
    cast(w.details as varchar) as details, l.levels, a.implementing, a.competent, a.authorised, a.cooperating,
    b.legal_bases
from wanted as w
join procedure as p on p.procedure_code = w.procedure_code
left join level as l on l.version_id = w.version_id
left join agency as a on a.version_id = w.version_id
left join basis as b on b.version_id = w.version_id;
