-- The legal documents whose procedures a decision publishes.
select b.position, b.basis_id, d.type, d.number, d.issued_on, d.in_force_on, d.title,
    coalesce(a.name, d.issuer_code) as issuer_name
from publication_basis as b
left join document_at($as_of, $revision) as d on d.document_id = b.basis_id
left join agency as a on a.agency_code = d.issuer_code
where b.document_id = $document_id and b.revision <= $revision
order by b.position
