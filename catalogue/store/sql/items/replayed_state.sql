-- The projection as the ledger says it must be.
select item_id, assigned_on, approved_on, enacted_on, published_on, confirmed_on, left_on,
    original_deadline, current_deadline, revision
from v_item_recorded
order by item_id
