-- Which documents some items need, as far as recorded.
select item_id, document_id
from v_item_instrument_recorded
where item_id in (select unnest($items::bigint[]))
order by item_id, document_id
