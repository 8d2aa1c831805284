-- Which agency answers on a day for some items.
select item_id, agency_code
from item_answering($day)
where item_id in (select unnest($items::bigint[]))
order by item_id
