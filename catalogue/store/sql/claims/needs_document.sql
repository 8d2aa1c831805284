-- Whether an item needs a document, as far as recorded.
select coalesce(arg_max(holds, row(effective_date, revision)), false) as needs
from item_instrument
where item_id = $item_id and document_id = $document_id
