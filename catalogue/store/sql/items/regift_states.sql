-- What items were given as, carried from their periods into the projection; its lock stays where it is.
update item_state
set given_on = p.given_on, gift = p.gift
from item_period as p
where p.item_id = item_state.item_id and p.valid_to = date '9999-12-31' and p.known_to = 2147483647
  and row(item_state.given_on, item_state.gift) is distinct from row(p.given_on, p.gift)
