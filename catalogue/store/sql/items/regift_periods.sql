update item_period
set gift = s.gift
from item_state as s
where item_period.item_id = s.item_id and item_period.gift <> s.gift
