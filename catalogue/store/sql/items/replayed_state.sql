-- The projection of some items as the ledger says it must be.
select item_id, assigned_on, approved_on, enacted_on, published_on, confirmed_on, left_on,
    original_deadline, current_deadline, revision, given_on, gift
from v_item_recorded
where item_id in (select unnest($items::bigint[]))
order by item_id
