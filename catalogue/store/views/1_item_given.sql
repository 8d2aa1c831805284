-- item_given: to whom each item was assigned and on which day first, by its field (`moving_field`: where a succession names
-- that field), which together say who inherits what was given.
create or replace view item_given as
select i.item_id, i.lead_agency, lower(i.field_name) as field_name, n.field_name as moving_field, e.given_on
from item as i
left join (select distinct lower(field_name) as field_name from agency_succession) as n
    on n.field_name = lower(i.field_name)
join (
    select item_id, min(effective_date) as given_on
    from item_event
    where subject = 'assigned' and holds
    group by item_id
) as e on e.item_id = i.item_id;
