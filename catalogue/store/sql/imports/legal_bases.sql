select version_id, position, document_text, document_id
from procedure_version_legal_basis
where version_id in (select unnest($versions))
order by version_id, position
