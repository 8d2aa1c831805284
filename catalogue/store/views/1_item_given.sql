-- item_given: to whom each item was assigned and on which day first, by its field (`moving_field`: where a succession names
-- that field), which together say who inherits what was given.
create or replace view item_given as
select i.item_id, i.lead_agency, lower(i.field_name) as field_name, n.field_name as moving_field, s.given_on, s.gift
from item as i
join item_state as s on s.item_id = i.item_id
left join (select distinct lower(field_name) as field_name from agency_succession) as n
    on n.field_name = lower(i.field_name);
