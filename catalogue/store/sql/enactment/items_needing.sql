-- Items that ever needed one of these documents.
select distinct item_id
from item_instrument
where document_id in (select unnest($documents::bigint[]))
order by item_id
