-- item_answering(day): which agency answers on a day for each item ever assigned: its lead agency, or who succeeded it.
create or replace macro item_answering(day) as table
select i.item_id, coalesce(g.agency_code, i.lead_agency) as agency_code
from item as i
join item_state as s on s.item_id = i.item_id
left join gift_answering(day) as g on g.gift = s.gift;
