-- Items that the same document assigned and that mean the procedure already.
select i.item_id, i.title
from item as i
left join item_match_at($revision) as m on m.item_id = i.item_id
where i.programme_code = $programme and i.assigned_by = $assigned_by and i.item_id <> $item_id
  and coalesce(i.procedure_code, m.procedure_code) = $code
order by i.item_id
