-- Whether the annex of a decision is recorded, and whether it names a procedure.
select count(*) > 0 as is_registered, coalesce(bool_or(procedure_code = $procedure_code), false) as is_named
from publication_line
where document_id = $document_id and revision <= $revision
