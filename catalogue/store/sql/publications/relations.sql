-- The other decisions that a decision mirrors or abolishes, and those that mirror or abolish it.
with relation as (
    select 'mirrors' as relation, mirrored_id as other_id, cast(null as varchar) as extent, cast(null as varchar) as note
    from publication_mirror where document_id = $document_id and revision <= $revision
    union all
    select 'mirrored_by', document_id, null, null
    from publication_mirror where mirrored_id = $document_id and revision <= $revision
    union all
    select 'supersedes', superseded_id, extent, note
    from publication_supersession where document_id = $document_id and revision <= $revision
    union all
    select 'superseded_by', document_id, extent, note
    from publication_supersession where superseded_id = $document_id and revision <= $revision
)
select r.relation, r.other_id, r.extent, r.note, d.number, d.issued_on, d.issuer_code,
    coalesce(a.name, d.issuer_code) as issuer_name,
    r.other_id in (select l.document_id from publication_line as l where l.revision <= $revision) as has_lines
from relation as r
join document_at($as_of, $revision) as d on d.document_id = r.other_id
left join agency as a on a.agency_code = d.issuer_code
order by r.relation, d.issued_on, r.other_id
