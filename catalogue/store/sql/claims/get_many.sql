-- Some claims as they stand.
select claim_id, kind, item_id, document_id, agency_code, state, cast(content as varchar) as content, author_id, revision
from claim
where claim_id in (select unnest($claims::bigint[]))
order by claim_id
