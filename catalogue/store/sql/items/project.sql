-- Brings the projection of some items forward to what the ledger says; the lock moves with it.
update item_state
set assigned_on = r.assigned_on, approved_on = r.approved_on, enacted_on = r.enacted_on, published_on = r.published_on,
    confirmed_on = r.confirmed_on, left_on = r.left_on, original_deadline = r.original_deadline,
    current_deadline = r.current_deadline, given_on = r.given_on, gift = r.gift, revision = $revision
from v_item_recorded as r
where item_state.item_id = r.item_id and r.item_id in (select unnest($items::bigint[]))
