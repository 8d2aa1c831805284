-- Documents that have yet to be issued, for an item to need: those that no fact of the item names as needed.
select d.document_id, d.type, d.title, a.short_name as agency_name
from document_at($as_of, $revision) as d
left join agency as a on a.agency_code = d.drafting_agency
where d.state <> 'issued' and d.document_id not in (
    select document_id from item_instrument_at($as_of, $revision) where item_id = $item_id)
order by d.title, d.document_id
