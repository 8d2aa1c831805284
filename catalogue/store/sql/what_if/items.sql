-- The items that ever needed one of some documents, as known at a revision, with who answers for each.
select i.item_id, i.programme_code, i.procedure_code, i.title, w.agency_code, a.short_name as agency_name
from v_item as i
join item_answering($organised_on) as w on w.item_id = i.item_id
join agency as a on a.agency_code = w.agency_code
where i.revision <= $revision
  and i.item_id in (
    select item_id from item_instrument
    where document_id in (select unnest($documents::bigint[])) and revision <= $revision)
order by i.item_id
