-- item_change(as_of, known, since, since_end): what took effect on an item after the day `since`, or was first
-- recorded after it (`since_end`: the instant at which that day ends). One row an item and kind of change; what is done, or
-- no longer, is told by the done stage of the programme. Stages and deadlines are told of items of the base; what entered
-- and left the base is told by where it stood on both days.
create or replace macro item_change(as_of, known, since, since_end) as table
with base as (
    select item_id from item_fact_at(as_of, known) where subject = 'assigned' and holds
),
first_deadline as (
    select item_id, min(row(effective_date, event_id)) as fact
    from item_event
    where subject = 'deadline' and effective_date <= as_of and revision <= known
    group by item_id
),
event as (
    select e.item_id, e.subject, e.subject = p.done_stage as is_done, e.holds, e.effective_date > since as is_new, r.recorded_at < since_end as was_known,
        row(e.effective_date, e.event_id) = f.fact as is_first_deadline,
        -- a day corrected: the old one is taken back together with the new one
        bool_or(e.holds) over (partition by e.item_id, e.subject, e.revision) as is_corrected
    from item_event as e
    join base as b on b.item_id = e.item_id
    join item as i on i.item_id = e.item_id
    join programme as p on p.programme_code = i.programme_code
    join revision as r on r.revision = e.revision
    left join first_deadline as f on f.item_id = e.item_id
    where e.effective_date <= as_of and e.revision <= known and e.subject <> 'assigned'
),
turned as (
    select item_id, sum(case when holds then 1 else -1 end) as net
    from base_turn_at(as_of, known)
    where effective_date > since
    group by item_id
)
select item_id, case when net > 0 then 'added' else 'withdrawn' end as change
from turned
where net <> 0
union all
select distinct item_id, change
from (
    select item_id,
        case
            when is_done and holds and is_new then 'done'
            when is_done and holds and not was_known then 'late_report'
            when is_done and not holds and is_new and not is_corrected then 'reopened'
            when subject = 'published' and holds and (is_new or not was_known) then 'published'
            when subject = 'deadline' and not is_first_deadline and (is_new or not was_known) then 'extended'
        end as change
    from event
)
where change is not null;
