-- What items were given as, by the successions that the reference data knows now.
update item_period
set gift = gift_key(i.lead_agency, i.field_name, item_period.given_on)
from item as i
where i.item_id = item_period.item_id and item_period.gift <> gift_key(i.lead_agency, i.field_name, item_period.given_on)
