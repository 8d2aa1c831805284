-- Items whose projection differs from the replay of their facts.
with fact as (
    select
        item_id, subject,
        arg_max(holds, row(effective_date, event_id)) as holds,
        max(effective_date) as since,
        arg_min(deadline, row(effective_date, event_id)) as first_deadline,
        arg_max(deadline, row(effective_date, event_id)) as last_deadline
    from item_event
    group by item_id, subject
),
replayed as (
    select
        item_id,
        max(case when subject = 'assigned' and holds then since end) as assigned_on,
        max(case when subject = 'approved' and holds then since end) as approved_on,
        max(case when subject = 'enacted' and holds then since end) as enacted_on,
        max(case when subject = 'published' and holds then since end) as published_on,
        max(case when subject = 'confirmed' and holds then since end) as confirmed_on,
        max(case when subject = 'assigned' and not holds then since end) as left_on,
        max(case when subject = 'deadline' then first_deadline end) as original_deadline,
        max(case when subject = 'deadline' then last_deadline end) as current_deadline
    from fact
    group by item_id
)
select 'projection differs from the ledger' as problem, cast(coalesce(r.item_id, s.item_id) as varchar) as id
from replayed as r
full join item_state as s on s.item_id = r.item_id
where s.item_id is null or r.item_id is null
   or row(r.assigned_on, r.approved_on, r.enacted_on, r.published_on, r.confirmed_on, r.left_on, r.original_deadline, r.current_deadline)
      is distinct from
      row(s.assigned_on, s.approved_on, s.enacted_on, s.published_on, s.confirmed_on, s.left_on, s.original_deadline, s.current_deadline)
order by id
