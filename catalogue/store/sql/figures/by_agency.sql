-- One row an agency (or group of agencies): its items of the base by state; standing tasks are never due.
with given as (
    select gift,
        count(*) as base,
        count(done_on) as done,
        count(*) filter (deadline_state in ('in_time', 'no_deadline')) as in_time,
        count(*) filter (deadline_state = 'due_soon') as due_soon,
        count(*) filter (deadline_state = 'overdue') as overdue,
        count(*) filter (deadline_state = 'standing') as standing
    from item_period_at($as_of, $revision)
    where programme_code = $programme and in_base
    group by gift
),
answering as (
    select gift_agency(g.gift, w.agency_code) as agency_code,
        cast(sum(g.base) as bigint) as base,
        cast(sum(g.done) as bigint) as done,
        cast(sum(g.in_time) as bigint) as in_time,
        cast(sum(g.due_soon) as bigint) as due_soon,
        cast(sum(g.overdue) as bigint) as overdue,
        cast(sum(g.standing) as bigint) as standing
    from given as g
    left join gift_answering($organised_on) as w on w.gift = g.gift
    group by all
)
select
    i.agency_code,
    a.name as agency_name,
    a.short_name as agency_short_name,
    i.* exclude (agency_code)
from answering as i
join agency as a on a.agency_code = i.agency_code
order by overdue desc, due_soon desc, base - standing - done desc, i.agency_code
