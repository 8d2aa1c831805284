-- The documents an item needs, each as it stands, and how many items of any programme need it.
select
    n.document_id, d.title, d.type, n.state, n.planned_issue_on, n.number, n.issued_on, n.in_force_on, n.is_in_force,
    d.drafting_agency, a.short_name as drafting_agency_name,
    (select count(*) from item_instrument_at($as_of, $revision) as o where o.document_id = n.document_id) as items
from item_instrument_at($as_of, $revision) as n
join document as d on d.document_id = n.document_id
left join agency as a on a.agency_code = d.drafting_agency
where n.item_id = $item_id
order by n.in_force_on nulls last, n.document_id
