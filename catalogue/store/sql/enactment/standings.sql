-- What is recorded of the documents that some items ever needed, fact by fact, as known at a revision.
select document_id, case when state = 'issued' then in_force_on end as in_force_on, effective_date as day, event_id as place
from document_event
where revision <= $revision
  and document_id in (select document_id from item_instrument where item_id in (select unnest($items::bigint[])))
order by document_id, effective_date, event_id
