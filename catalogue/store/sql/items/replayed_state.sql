-- The projection as the ledger says it must be: every recorded fact, whether or not its day has come.
-- A date column holds the date of the latest fact where that fact holds.
with fact as (
    select
        item_id, subject,
        arg_max(holds, row(effective_date, event_id)) as holds,
        max(effective_date) as since,
        arg_min(deadline, row(effective_date, event_id)) as first_deadline,
        arg_max(deadline, row(effective_date, event_id)) as last_deadline,
        max(revision) as revision
    from item_event
    group by item_id, subject
)
select
    item_id,
    max(case when subject = 'assigned' and holds then since end) as assigned_on,
    max(case when subject = 'approved' and holds then since end) as approved_on,
    max(case when subject = 'enacted' and holds then since end) as enacted_on,
    max(case when subject = 'published' and holds then since end) as published_on,
    max(case when subject = 'confirmed' and holds then since end) as confirmed_on,
    max(case when subject = 'assigned' and not holds then since end) as left_on,
    max(case when subject = 'deadline' then first_deadline end) as original_deadline,
    max(case when subject = 'deadline' then last_deadline end) as current_deadline,
    max(revision) as revision
from fact
group by item_id
order by item_id
