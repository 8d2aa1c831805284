-- item_answering(day): which agency answers on a day for each item ever assigned: its lead agency, or who succeeded it.
create or replace macro item_answering(day) as table
with given as (                         -- items whose lead gave something away by then, with the day of the assignment
    select i.item_id, i.lead_agency, n.field_name, e.given_on
    from item as i
    left join (select distinct lower(field_name) as field_name from agency_succession) as n
        on n.field_name = lower(i.field_name)
    join (
        select item_id, min(effective_date) as given_on
        from item_event
        where subject = 'assigned' and holds
        group by item_id
    ) as e on e.item_id = i.item_id
    where i.lead_agency in (select from_code from agency_succession where effective_date <= day)
),
moved as (
    select g.item_id, h.agency_code
    from given as g
    join agency_heir(day) as h on h.origin = g.lead_agency and h.field_name is not distinct from g.field_name
        and g.given_on >= h.given_since and g.given_on < h.given_until
)
select i.item_id, coalesce(m.agency_code, i.lead_agency) as agency_code
from item as i
left join moved as m on m.item_id = i.item_id;
