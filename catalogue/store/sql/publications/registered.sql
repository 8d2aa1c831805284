-- Whether a document is a decision whose annex is recorded already.
select count(*) > 0 as is_registered from publication_line where document_id = $document_id
