-- What a document assigns in a programme already.
select subject from item where programme_code = $programme and assigned_by = $document_id order by subject
