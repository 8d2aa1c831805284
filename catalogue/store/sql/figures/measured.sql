-- Items of the base of a programme below the line of a rate: how many, and how many of them name a measure at all.
select
    count(*) as items,
    count(*) filter (i.item_id in (select item_id from item_measure_at($as_of, $revision))) as measured
from item_period_at($as_of, $revision) as i
where i.programme_code = $programme and i.in_base and not i.is_standing
  and item_counts($below, i.approved_on, i.published_on, i.done_on, i.deadline_state)
