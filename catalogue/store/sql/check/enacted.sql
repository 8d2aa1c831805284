-- Items whose enacted facts are not what their documents say: replayed for every day on which anything about them turns.
-- On such a day the item is enacted when it needs a document, each one it needs is in force, and it was assigned by then.
with day as (
    select item_id, effective_date as day from item_instrument
    union
    select n.item_id, e.effective_date from item_instrument as n join document_event as e on e.document_id = n.document_id
    union
    select n.item_id, e.in_force_on
    from item_instrument as n join document_event as e on e.document_id = n.document_id
    where e.state = 'issued' and e.in_force_on is not null
    union
    select item_id, effective_date from item_event where subject in ('assigned', 'enacted')
),
need as (
    select d.item_id, d.day, n.document_id
    from day as d
    join item_instrument as n on n.item_id = d.item_id and n.effective_date <= d.day
    group by d.item_id, d.day, n.document_id
    having arg_max(n.holds, row(n.effective_date, n.revision))
),
standing as (
    select n.item_id, n.day,
        coalesce(arg_max(case when e.state = 'issued' then coalesce(e.in_force_on, date '9999-12-31') else date '9999-12-31' end,
            row(e.effective_date, e.event_id)) <= n.day, false) as is_in_force
    from need as n
    left join document_event as e on e.document_id = n.document_id and e.effective_date <= n.day
    group by n.item_id, n.day, n.document_id
),
expected as (
    select item_id, day, bool_and(is_in_force) as enacted from standing group by item_id, day
),
told as (
    select d.item_id, d.day,
        bool_or(e.subject = 'assigned' and e.holds) as assigned,
        arg_max(e.holds, row(e.effective_date, e.event_id)) filter (e.subject = 'enacted') as enacted
    from day as d
    join item_event as e on e.item_id = d.item_id and e.effective_date <= d.day
    where e.subject in ('assigned', 'enacted')
    group by d.item_id, d.day
)
select 'enacted date is not that of the instruments' as problem, cast(t.item_id as varchar) || ' ' || cast(t.day as varchar) as id
from told as t
left join expected as x on x.item_id = t.item_id and x.day = t.day
where coalesce(t.enacted, false) <> (coalesce(x.enacted, false) and coalesce(t.assigned, false))
order by id
