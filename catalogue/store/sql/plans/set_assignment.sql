update plan_batch
set programme_code = $programme_code, document_type = $document_type, document_number = $document_number,
    document_issued_on = $document_issued_on, document_issuer = $document_issuer, document_title = $document_title,
    default_deadline = $default_deadline, default_lead = $default_lead
where batch_id = $batch_id
