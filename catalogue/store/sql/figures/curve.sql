-- For each day on which a stage count changes: the count from that day on. An item counts while it is in the base; tasks
-- that stand on the day asked about count in no stage.
with fact as (
    select e.item_id, e.subject, e.effective_date, arg_max(e.holds, e.event_id) as holds
    from item_event as e
    join item as i on i.item_id = e.item_id
    where i.programme_code = $programme and e.effective_date <= $as_of and e.revision <= $revision
      and e.subject in ('assigned', 'approved', 'enacted', 'published', 'confirmed')
      and e.item_id not in (
          select item_id from item_at($as_of, $revision) where programme_code = $programme and is_standing)
    group by e.item_id, e.subject, e.effective_date
),
grid as (
    select d.item_id, s.subject, d.effective_date, f.holds
    from (select distinct item_id, effective_date from fact) as d
    cross join (select distinct subject from fact) as s
    left join fact as f
        on f.item_id = d.item_id and f.subject = s.subject and f.effective_date = d.effective_date
),
filled as (
    select item_id, subject, effective_date,
        coalesce(last_value(holds ignore nulls) over (partition by item_id, subject order by effective_date), false) as holds
    from grid
),
counted as (
    select f.item_id, f.subject, f.effective_date, cast(f.holds and b.holds as integer) as counts
    from filled as f
    join filled as b on b.item_id = f.item_id and b.effective_date = f.effective_date and b.subject = 'assigned'
),
moves as (
    select subject, effective_date,
        counts - lag(counts, 1, 0) over (partition by item_id, subject order by effective_date) as delta
    from counted
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
