-- The documents that an item needs or once needed: since when they are known of it, and whether they were named later
-- than the assignment and without an adjustment.
select
    n.document_id, n.holds, n.effective_date, n.revision, r.recorded_at,
    coalesce(d.title, o.title) as document_title,
    n.revision > (select min(revision) from item_event where item_id = $item_id)
        and n.revision not in (select revision from item_adjustment where item_id = $item_id) as is_told
from item_instrument as n
join revision as r on r.revision = n.revision
join document as o on o.document_id = n.document_id
left join document_at($as_of, $revision) as d on d.document_id = n.document_id
where n.item_id = $item_id and n.revision <= $revision
order by n.effective_date desc, n.revision desc, n.document_id
