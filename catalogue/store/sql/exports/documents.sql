-- Some documents as they stand.
select document_id, number, issued_on, title
from document_at($as_of, $revision)
where document_id in (select unnest($ids::bigint[]))
order by document_id
