-- The lines of a publication decision, with each procedure as it stands.
select l.document_id, l.line, l.action, l.procedure_code, v.name, v.in_force, v.field_name
from publication_line as l
left join procedure_at($as_of, $revision) as v on v.procedure_code = l.procedure_code
where l.document_id = $document_id and l.revision <= $revision
order by l.line
