-- What is searched in all versions recorded up to $revision of the procedures that have one recorded after $since.
with chosen as (
    select version_id, procedure_code, effective_date, revision, in_force, name, field_name, issuing_agency,
        issuing_agency_text, is_vertical, said(details) as said, gift_key(issuing_agency, field_name, effective_date) as gift
    from procedure_version semi join (
        select procedure_code from procedure_version where revision > $since and revision <= $revision
    ) using (procedure_code)
    where revision <= $revision
),
level as (
    select version_id, list(distinct level) as levels,
        list(distinct level_group(level, is_vertical)) filter (level_group(level, is_vertical) is not null) as level_groups
    from procedure_version_level join chosen using (version_id)
    group by version_id
),
agency as (
    select version_id, list(agency_text order by role, position) as agencies
    from procedure_version_agency semi join chosen using (version_id)
    group by version_id
),
basis as (
    select version_id,
        list(document_text order by position) as bases,
        list(number order by position) filter (number is not null) as numbers
    from procedure_version_legal_basis semi join chosen using (version_id)
    group by version_id
),
spelling as (
    select agency_code, list(spelling_folded order by spelling_folded) as spellings
    from agency_spelling
    group by agency_code
)
select
    c.version_id, c.procedure_code, p.national_code, p.agency_suffix, p.origin, c.effective_date, c.revision, c.in_force,
    c.name, c.field_name, c.gift, c.issuing_agency_text, s.spellings, l.levels, l.level_groups, a.agencies,
    b.bases, b.numbers,
    flatten(list_transform(c.said.dossier, lambda case_: list_transform(case_.papers, lambda paper: paper.name))) as papers,
    c.said.results, c.said.keywords, c.said.addressees, c.said.description,
    list_transform(c.said.channels, lambda channel: channel.way) as ways
from chosen as c
join procedure as p on p.procedure_code = c.procedure_code
left join spelling as s on s.agency_code = c.issuing_agency
left join level as l on l.version_id = c.version_id
left join agency as a on a.version_id = c.version_id
left join basis as b on b.version_id = c.version_id
order by c.procedure_code, c.version_id
