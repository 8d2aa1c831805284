-- The legal bases of a version, as the source writes them, with the document where it is known.
select b.position, b.document_text, b.document_id, d.type, d.number, d.issued_on, d.title, d.is_in_force
from procedure_version_legal_basis as b
left join document_at($as_of, $revision) as d on d.document_id = b.document_id
where b.version_id = $version_id
order by b.position
