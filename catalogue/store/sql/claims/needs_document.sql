-- Whether an item needs a document, as far as recorded.
select count(*) > 0 as needs
from v_item_instrument_recorded
where item_id = $item_id and document_id = $document_id
