-- What is known at a revision about the end of a period and was not at the close: one row an item and stage (or deadline).
-- Of an item that joined or left the base the stages that came with the assignment are not told apart.
with touched as (
    select distinct item_id from item_event
    where revision > $frozen and revision <= $revision and effective_date <= $as_of
),
stage as (
    select false as is_now, item_id, assigned_on as assigned, approved_on as approved, enacted_on as enacted,
        published_on as published, confirmed_on as confirmed, current_deadline as deadline
    from item_at($as_of, $frozen)
    where item_id in (select item_id from touched)
    union all
    select true, item_id, assigned_on, approved_on, enacted_on, published_on, confirmed_on, current_deadline
    from item_at($as_of, $revision)
    where item_id in (select item_id from touched)
),
told as (
    unpivot stage on assigned, approved, enacted, published, confirmed, deadline into name subject value day
),
changed as (
    select item_id, subject, max(day) filter (not is_now) as before, max(day) filter (is_now) as after
    from told
    group by item_id, subject
    having before is distinct from after
),
present as (
    select item_id from item_at($as_of, $revision) where in_base
),
entered as (
    select item_id from changed where subject = 'assigned' and (before is null or after is null)
),
fact as (
    select item_id, subject, revision, claim_id
    from item_event
    where revision > $frozen and revision <= $revision and effective_date <= $as_of
    qualify row_number() over (partition by item_id, subject order by event_id desc) = 1
)
select
    c.item_id, i.title, i.procedure_code, i.programme_code, w.agency_code, a.name as agency_name,
    a.short_name as agency_short_name,
    c.subject || case when c.before is null then '_reached' when c.after is null then '_lost' else '_moved' end as change,
    c.before, c.after, r.recorded_at, f.claim_id, p.full_name as recorded_by
from changed as c
join v_item as i on i.item_id = c.item_id
join item_answering($as_of) as w on w.item_id = c.item_id
join agency as a on a.agency_code = w.agency_code
join fact as f on f.item_id = c.item_id and f.subject = c.subject
join revision as r on r.revision = f.revision
left join actor as p on p.actor_id = r.actor_id
where (c.subject not in ('approved', 'deadline') or c.item_id not in (select item_id from entered))
  and (c.subject = 'assigned' or c.item_id in (select item_id from present))
order by r.recorded_at, f.revision, c.item_id, c.subject
