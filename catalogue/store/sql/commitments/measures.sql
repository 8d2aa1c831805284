-- Every measure an item ever promised, and whether it is still promised by everything recorded.
select m.position, m.measure_type, coalesce(arg_max(f.holds, row(f.effective_date, f.revision)), true) as holds
from item_measure as m
left join item_measure_fact as f on f.item_id = m.item_id and f.position = m.position
where m.item_id = $item_id
group by m.position, m.measure_type
order by m.position
