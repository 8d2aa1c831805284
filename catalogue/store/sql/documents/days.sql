-- The days from which something is recorded of a document.
select distinct effective_date from document_event where document_id = $document_id order by effective_date
