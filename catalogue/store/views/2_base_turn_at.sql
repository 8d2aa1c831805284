-- base_turn_at(as_of, known): every day on which an item entered or left the base of its programme, and the fact that
-- says so. The turns of a programme add up to its base on the day, as item_at counts it.
create or replace macro base_turn_at(as_of, known) as table
with said as (
    select item_id, effective_date, arg_max(holds, event_id) as holds, max(event_id) as event_id
    from item_event
    where subject = 'assigned' and effective_date <= as_of and revision <= known
    group by item_id, effective_date
)
select item_id, effective_date, holds, event_id
from said
qualify holds <> lag(holds, 1, false) over (partition by item_id order by effective_date);
