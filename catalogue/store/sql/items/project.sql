-- Brings the projection of some items forward to the state that holds once everything recorded has taken effect; the lock
-- moves with it.
update item_state
set assigned_on = p.assigned_on, approved_on = p.approved_on, enacted_on = p.enacted_on, published_on = p.published_on,
    confirmed_on = p.confirmed_on, left_on = p.left_on, original_deadline = p.original_deadline,
    current_deadline = p.current_deadline, given_on = p.given_on, gift = p.gift, revision = $revision
from item_period as p
where item_state.item_id = p.item_id and p.item_id in (select unnest($items::bigint[]))
  and p.valid_to = date '9999-12-31' and p.known_to = 2147483647
