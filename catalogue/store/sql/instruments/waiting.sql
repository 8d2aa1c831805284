-- Distinct open items (of one programme) that wait for any of some documents.
select count(distinct n.item_id) as waiting
from item_instrument_at($as_of, $revision) as n
join item_at($as_of, $revision) as i on i.item_id = n.item_id
where i.in_base and i.done_on is null and not i.is_standing and n.state <> 'issued' and ($programme is null or i.programme_code = $programme)
  and n.document_id in (select unnest($documents::bigint[]))
