-- Assignments of the base whose level or agency is no more on the day, by what became of them: mended by a person, by the
-- dated rule of the level, by the heir of the agency, or by nothing yet; `is_void`: the giver itself decides again.
select
    t.first_to_level,
    t.to_level,
    overtaken_by(t.changed_on, t.rule, t.to_agency, t.first_to_agency) as answered_by,
    t.to_level = t.from_level as is_void,
    count(*) as items,
    count(i.done_on) as done,
    count(*) filter (i.deadline_state = 'overdue') as overdue
from item_at($as_of, $revision) as i
join item_transfer_at($as_of, $revision) as t on t.item_id = i.item_id
where i.programme_code = $programme and i.in_base and t.is_overtaken
group by t.first_to_level, t.to_level, answered_by, is_void
order by items desc, t.first_to_level, t.to_level, answered_by, is_void
