-- Items of the base of a programme by from where to where the decision moves on the day, beside what was assigned first.
select
    coalesce(t.from_level, 'unknown') as from_level,
    coalesce(t.to_level, 'unknown') as to_level,
    coalesce(t.form, 'unknown') as form,
    coalesce(t.first_to_level, 'unknown') as first_to_level,
    count(*) as items,
    count(i.done_on) as done,
    count(*) filter (i.deadline_state = 'overdue') as overdue,
    count(*) filter (t.is_overtaken) as overtaken
from item_at($as_of, $revision) as i
left join item_transfer_at($as_of, $revision) as t on t.item_id = i.item_id
where i.programme_code = $programme and i.in_base
group by t.from_level, t.to_level, t.form, t.first_to_level
order by items desc, from_level, to_level, form, first_to_level
