-- item_fact_at(as_of, known): the one reading rule. Per item and subject, the fact that holds on a day as known at a
-- revision: a fact holds from its effective date until a later one; on the same date the higher revision wins.
-- `since`: the day from which it has held without a break, so that a day corrected backwards counts from the earlier one.
create or replace macro item_fact_at(as_of, known) as table
with fact as (                          -- what was recorded last for each day
    select item_id, subject, effective_date,
        arg_max(holds, event_id) as holds,
        arg_min(deadline, event_id) as first_deadline,
        arg_max(deadline, event_id) as last_deadline,
        count(*) as facts,
        max(revision) as revision
    from item_event
    where effective_date <= as_of and revision <= known
    group by item_id, subject, effective_date
),
turn as (
    select item_id, subject,
        max(effective_date) filter (holds) as yes_on,
        max(effective_date) filter (not holds) as no_on,
        arg_max(holds, effective_date) as holds
    from fact
    group by item_id, subject
)
select
    f.item_id, f.subject,
    any_value(t.holds) as holds,
    min(f.effective_date) filter (
        case when t.holds then t.no_on is null or f.effective_date > t.no_on
            else t.yes_on is null or f.effective_date > t.yes_on end) as since,
    arg_min(f.first_deadline, f.effective_date) as first_deadline,
    arg_max(f.last_deadline, f.effective_date) as last_deadline,
    cast(sum(f.facts) as bigint) as facts,
    max(f.revision) as revision
from fact as f
join turn as t on t.item_id = f.item_id and t.subject = f.subject
group by f.item_id, f.subject;
