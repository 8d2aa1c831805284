-- Agencies that co-operate on an item; the lead agency stands on the item itself.
select c.agency_code, a.name, a.short_name
from item_agency as c
join agency as a on a.agency_code = c.agency_code
where c.item_id = $item_id
order by a.name
