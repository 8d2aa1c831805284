-- item_led_at(as_of, known, organised_on): item_at with the agency that answers for each item in the organisation of a
-- day (`lead_agency`) beside the one it was given to (`assigned_agency`). Every item has exactly one of each.
create or replace macro item_led_at(as_of, known, organised_on) as table
select i.* replace (coalesce(g.agency_code, i.lead_agency) as lead_agency), i.lead_agency as assigned_agency
from item_at(as_of, known) as i
left join gift_answering(organised_on) as g on g.gift = i.gift;
