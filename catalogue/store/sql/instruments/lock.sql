-- The last revision that recorded anything of an instrument; null for a document that no item ever needed.
select max(e.revision) as revision
from document_event as e
where e.document_id = $document_id
  and exists (select 1 from item_instrument as n where n.document_id = e.document_id)
