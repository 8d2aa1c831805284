-- Some claims as they stand, with the agency that wrote each and the one that answers for its item on the working day.
select c.claim_id, c.kind, c.item_id, c.document_id, c.agency_code, w.agency_code as answering_agency, c.state,
    cast(c.content as varchar) as content, c.author_id, c.revision
from claim as c
join item_answering($working_day) as w on w.item_id = c.item_id
where c.claim_id in (select unnest($claims::bigint[]))
order by c.claim_id
