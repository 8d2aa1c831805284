-- item_fact_at(as_of, known): the one reading rule. Per item and subject, the fact that holds on a day as known at a
-- revision: a fact holds from its effective date until a later one; on the same date the higher revision wins.
create or replace macro item_fact_at(as_of, known) as table
select
    item_id, subject,
    arg_max(holds, row(effective_date, event_id)) as holds,
    max(effective_date) as since,
    arg_min(deadline, row(effective_date, event_id)) as first_deadline,
    arg_max(deadline, row(effective_date, event_id)) as last_deadline,
    count(*) as facts,
    max(revision) as revision
from item_event
where effective_date <= as_of and revision <= known
group by item_id, subject;
