-- What a closing freezes: every stage and deadline state of the base, by programme and answering agency.
select
    i.programme_code,
    a.agency_code,
    count(*) as assigned,
    count(i.approved_on) as approved,
    count(i.enacted_on) as enacted,
    count(i.published_on) as published,
    count(i.confirmed_on) as confirmed,
    count(i.done_on) as done,
    count(*) filter (i.deadline_state = 'done_in_time') as done_in_time,
    count(*) filter (i.deadline_state = 'done_late') as done_late,
    count(*) filter (i.deadline_state = 'overdue') as overdue,
    count(*) filter (i.deadline_state = 'due_soon') as due_soon,
    count(*) filter (i.deadline_state = 'in_time') as in_time,
    count(*) filter (i.deadline_state = 'no_deadline') as no_deadline,
    count(*) filter (i.deadline_state = 'standing') as standing
from item_at($as_of, $revision) as i
join item_answering($answering_on) as a on a.item_id = i.item_id
where i.in_base
group by i.programme_code, a.agency_code
order by i.programme_code, a.agency_code
