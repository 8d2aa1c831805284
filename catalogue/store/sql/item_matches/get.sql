-- An item with the procedure it was loaded with, the one a person found for it since, and the last revision of that.
select i.item_id, i.programme_code, i.assigned_by, i.title, i.field_name, i.procedure_code as loaded_code,
    m.procedure_code as matched_code,
    coalesce((select max(revision) from item_match where item_id = i.item_id and revision <= $revision), 0) as match_revision
from item as i
left join item_match_at($revision) as m on m.item_id = i.item_id
where i.item_id = $item_id
