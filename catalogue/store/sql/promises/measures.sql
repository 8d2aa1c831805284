-- What some items promise on a day.
select item_id, position, measure_type, before_text, after_text
from item_measure_at($as_of, $revision)
where $items::bigint[] is null or item_id in (select unnest($items::bigint[]))
order by item_id, position
