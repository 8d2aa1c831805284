select document_id from document_identity
where number_key = $number_key and issued_on = $issued_on and issuer_code = $issuer_code
