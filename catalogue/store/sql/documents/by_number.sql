-- The issued documents of one number and date, whoever issued them.
select document_id from document_identity
where number_key = $number_key and issued_on = $issued_on
order by document_id
