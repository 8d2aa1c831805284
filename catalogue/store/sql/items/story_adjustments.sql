-- Changes of an item's plan by a document or a reason: with which measures and documents were given up or added.
select
    a.adjustment_id, a.effective_date, a.reason, r.recorded_at, p.full_name as actor_name,
    b.number as document_number, b.issued_on as document_date,
    (select list(m.measure_type order by m.position)
     from item_measure_fact as f join item_measure as m on m.item_id = f.item_id and m.position = f.position
     where f.item_id = a.item_id and f.revision = a.revision and not f.holds) as measures_dropped,
    (select list(m.measure_type order by m.position)
     from item_measure_fact as f join item_measure as m on m.item_id = f.item_id and m.position = f.position
     where f.item_id = a.item_id and f.revision = a.revision and f.holds) as measures_added,
    (select list(coalesce(d.title, o.title) order by n.document_id)
     from item_instrument as n join document as o on o.document_id = n.document_id
     left join document_at($as_of, $revision) as d on d.document_id = n.document_id
     where n.item_id = a.item_id and n.revision = a.revision and not n.holds) as documents_dropped,
    (select list(coalesce(d.title, o.title) order by n.document_id)
     from item_instrument as n join document as o on o.document_id = n.document_id
     left join document_at($as_of, $revision) as d on d.document_id = n.document_id
     where n.item_id = a.item_id and n.revision = a.revision and n.holds) as documents_added
from item_adjustment as a
join revision as r on r.revision = a.revision
left join actor as p on p.actor_id = r.actor_id
left join document_at($as_of, $revision) as b on b.document_id = a.document_id
where a.item_id = $item_id and a.revision <= $revision
order by a.effective_date desc, a.adjustment_id desc
