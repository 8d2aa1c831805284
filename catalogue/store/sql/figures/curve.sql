-- For each day on which a stage count changes: the count from that day on. Withdrawn items leave every stage.
with fact as (
    select e.item_id, e.subject, e.effective_date,
        arg_max(e.holds, e.event_id) as holds
    from item_event as e
    join item as i on i.item_id = e.item_id
    where i.programme_code = $programme and e.effective_date <= $as_of and e.revision <= $revision
      and e.subject in ('assigned', 'approved', 'enacted', 'published', 'confirmed')
    group by e.item_id, e.subject, e.effective_date
),
moves as (
    select subject, effective_date,
        cast(holds as integer) - cast(coalesce(lag(holds) over (partition by item_id, subject order by effective_date), false) as integer) as delta
    from fact
),
daily as (
    select subject as stage, effective_date as day, cast(sum(delta) as bigint) as delta
    from moves
    group by subject, effective_date
)
select stage, day, cast(sum(delta) over (partition by stage order by day) as bigint) as reached
from daily
where delta <> 0
order by stage, day
