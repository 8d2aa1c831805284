-- One publication decision as it stands.
select d.document_id, d.number, d.issued_on, d.in_force_on, d.title, d.issuer_code,
    coalesce(a.name, d.issuer_code) as issuer_name
from document_at($as_of, $revision) as d
left join agency as a on a.agency_code = d.issuer_code
where d.document_id = $document_id
