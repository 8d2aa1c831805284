-- The last day from which something is recorded of some measures and documents of an item.
select max(effective_date) as last_on
from (
    select effective_date from item_measure_fact where item_id = $item_id and position in (select unnest($positions::integer[]))
    union all
    select effective_date from item_instrument where item_id = $item_id and document_id in (select unnest($documents::bigint[]))
)
