-- What names some documents.
select cast(d.document_id as varchar) as member, d.title as name, d.number as code, d.issuer_code as agency_code,
    a.short_name as agency
from document_at($as_of, $revision) as d
left join agency as a on a.agency_code = d.issuer_code
where d.document_id in (select cast(unnest($members::varchar[]) as bigint))
