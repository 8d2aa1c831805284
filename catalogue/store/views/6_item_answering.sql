-- item_answering(day): which agency answers on a day for each item ever assigned: its lead agency, or who succeeded it.
create or replace macro item_answering(day) as table
with moved as (                         -- items whose lead gave something away by then
    select g.item_id, h.agency_code
    from item_given as g
    join agency_heir(day) as h on h.origin = g.lead_agency and h.field_name is not distinct from g.moving_field
        and g.given_on >= h.given_since and g.given_on < h.given_until
    where g.lead_agency in (select from_code from agency_succession where effective_date <= day)
)
select i.item_id, coalesce(m.agency_code, i.lead_agency) as agency_code
from item as i
left join moved as m on m.item_id = i.item_id;
