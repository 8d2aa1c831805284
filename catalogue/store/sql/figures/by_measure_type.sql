-- Items of the base of a programme by what is to be cut: an item of several measures counts once with each.
with counted as (
    select m.measure_type,
        unnest(item_tally(approved_on, enacted_on, published_on, confirmed_on, done_on, deadline_state))
    from (select distinct item_id, measure_type from item_measure_at($as_of, $revision)) as m
    join item_period_at($as_of, $revision) as i on i.item_id = m.item_id
    where i.programme_code = $programme and i.in_base
    group by m.measure_type
)
select t.measure_type, t.name_vi, t.name_en, c.* exclude (measure_type)
from counted as c
join measure_type as t on t.measure_type = c.measure_type
order by c.base desc, t.position
