-- The items that ever needed one of some documents, as known at a revision.
select i.item_id, i.programme_code, i.procedure_code, i.title, i.lead_agency, a.short_name as agency_name
from v_item as i
join agency as a on a.agency_code = i.lead_agency
where i.revision <= $revision
  and i.item_id in (
    select item_id from item_instrument
    where document_id in (select unnest($documents::bigint[])) and revision <= $revision)
order by i.item_id
