-- Which documents some items need or no longer need, fact by fact, as known at a revision.
select item_id, document_id, holds, effective_date as day, revision as place
from item_instrument
where item_id in (select unnest($items::bigint[])) and revision <= $revision
order by item_id, document_id, effective_date, revision
