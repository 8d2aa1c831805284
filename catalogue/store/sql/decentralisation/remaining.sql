-- One row an agency: what of its items of the base is done and what remains, those with most left first.
select
    i.lead_agency as agency_code,
    a.name as agency_name,
    a.short_name as agency_short_name,
    count(*) as base,
    count(i.done_on) as done,
    count(*) filter (i.done_on is null) as remaining,
    count(*) filter (i.deadline_state = 'overdue') as overdue,
    count(*) filter (i.deadline_state = 'due_soon') as due_soon,
    count(*) filter (i.deadline_state in ('in_time', 'no_deadline', 'standing')) as in_time,
    min(i.current_deadline) filter (i.done_on is null and i.current_deadline >= $as_of) as next_deadline,
    bool_and(i.done_on is not null) as is_complete
from item_led_at($as_of, $revision, $organised_on) as i
join agency as a on a.agency_code = i.lead_agency
where i.programme_code = $programme and i.in_base
group by i.lead_agency, a.name, a.short_name
order by overdue desc, remaining desc, agency_code
