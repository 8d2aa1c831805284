-- Where words were looked for beside name and code, in these versions.
with chosen as (
    select version_id, field_name, issuing_agency, issuing_agency_text, said(details) as said
    from procedure_version
    where version_id in (select unnest($version_ids::bigint[]))
),
agency as (
    select version_id, list(agency_text order by role, position) as agencies
    from procedure_version_agency
    where version_id in (select unnest($version_ids::bigint[]))
    group by version_id
),
basis as (
    select version_id, list(document_text order by position) as bases
    from procedure_version_legal_basis
    where version_id in (select unnest($version_ids::bigint[]))
    group by version_id
)
select
    c.version_id, c.field_name, c.issuing_agency, c.issuing_agency_text, a.agencies, b.bases,
    flatten(list_transform(c.said.dossier, lambda case_: list_transform(case_.papers, lambda paper: paper.name))) as papers,
    c.said.results, c.said.keywords, c.said.description
from chosen as c
left join agency as a on a.version_id = c.version_id
left join basis as b on b.version_id = c.version_id
order by c.version_id
