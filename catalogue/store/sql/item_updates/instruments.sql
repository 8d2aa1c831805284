-- The documents that some items need and that are still to be issued.
select n.item_id, d.document_id, d.title
from v_item_instrument_recorded as n
join document_at(date '9999-12-31', 9223372036854775807) as d on d.document_id = n.document_id
where d.state <> 'issued' and n.item_id in (select unnest($items::bigint[]))
order by n.item_id, d.document_id
