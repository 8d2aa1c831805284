-- One row an agency (or group of agencies): its items of the base by state; standing tasks are never due.
select
    i.lead_agency as agency_code,
    a.name as agency_name,
    a.short_name as agency_short_name,
    count(*) as base,
    count(i.done_on) as done,
    count(*) filter (i.deadline_state in ('in_time', 'no_deadline')) as in_time,
    count(*) filter (i.deadline_state = 'due_soon') as due_soon,
    count(*) filter (i.deadline_state = 'overdue') as overdue,
    count(*) filter (i.deadline_state = 'standing') as standing
from item_led_at($as_of, $revision, $organised_on) as i
join agency as a on a.agency_code = i.lead_agency
where i.programme_code = $programme and i.in_base
group by i.lead_agency, a.name, a.short_name
order by overdue desc, due_soon desc, base - standing - done desc, agency_code
