-- item_period_at(as_of, known): the state of every item ever assigned, on a day as known at a revision: one row an item. A
-- stage date is null where the stage is not reached on the day; in_base tells membership of the denominator.
create or replace macro item_period_at(as_of, known) as table
with judged as (
    select
        * exclude (valid_from, valid_to, known_from, known_to)
            replace (is_standing and current_deadline is null as is_standing)
    from item_period
    where valid_from <= as_of and valid_to > least(as_of, date '9999-12-30')
      and known_from <= known and known_to > least(known, 2147483646)
)
-- A standing task is never due. The four states of Decision 42/2014/QĐ-TTg, against the current deadline, plus "due soon" (30 days).
select
    *,
    case
        when is_standing then 'standing'
        when done_on is not null and (current_deadline is null or done_on <= current_deadline) then 'done_in_time'
        when done_on is not null then 'done_late'
        when current_deadline is null then 'no_deadline'
        when current_deadline < as_of then 'overdue'
        when current_deadline <= as_of + 30 then 'due_soon'
        else 'in_time'
    end as deadline_state,
    -- The same against the original deadline: an extension never rewrites history.
    case
        when is_standing then 'standing'
        when done_on is not null and (original_deadline is null or done_on <= original_deadline) then 'done_in_time'
        when done_on is not null then 'done_late'
        when original_deadline is null then 'no_deadline'
        when original_deadline < as_of then 'overdue'
        when original_deadline <= as_of + 30 then 'due_soon'
        else 'in_time'
    end as original_deadline_state
from judged;
