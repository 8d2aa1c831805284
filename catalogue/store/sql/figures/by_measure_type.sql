-- Items of the base of a programme by what is to be cut: an item of several measures counts once with each.
select t.measure_type, t.name_vi, t.name_en,
    count(*) as base,
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
from (select distinct item_id, measure_type from item_measure_at($as_of, $revision)) as m
join item_period_at($as_of, $revision) as i on i.item_id = m.item_id
join measure_type as t on t.measure_type = m.measure_type
where i.programme_code = $programme and i.in_base
group by t.measure_type, t.name_vi, t.name_en, t.position
order by base desc, t.position
