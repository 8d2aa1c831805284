-- What every item was given as, by the successions that the reference data knows now; the lock stays where it is.
update item_state
set given_on = r.given_on, gift = r.gift
from v_item_recorded as r
where item_state.item_id = r.item_id and row(item_state.given_on, item_state.gift) is distinct from row(r.given_on, r.gift)
