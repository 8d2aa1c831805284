-- One publication decision as it stands, with what is recorded beside its annex.
select
    d.document_id, d.number, d.issued_on, d.in_force_on, coalesce(p.title, d.title) as title, d.issuer_code,
    coalesce(a.name, d.issuer_code) as issuer_name, coalesce(a.kind, 'other') as issuer_kind,
    p.signer_name, p.signer_position
from document_at($as_of, $revision) as d
left join publication as p on p.document_id = d.document_id and p.revision <= $revision
left join agency as a on a.agency_code = d.issuer_code
where d.document_id = $document_id and d.state = 'issued'
