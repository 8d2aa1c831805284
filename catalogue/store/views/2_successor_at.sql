-- successor_at(known): the procedure that a publication put in the place of another.
create or replace macro successor_at(known) as table
select r.procedure_code, max(l.procedure_code) as replaced_by
from publication_replacement as r
join publication_line as l on l.document_id = r.document_id and l.line = r.line
where r.revision <= known and l.procedure_code <> r.procedure_code
group by r.procedure_code;
