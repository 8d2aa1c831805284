-- One item as it stands, with the document that assigned it and the lock of its projection.
select
    i.*, a.name as agency_name, a.short_name as agency_short_name,
    d.number as assigned_by_number, d.issued_on as assigned_by_date, d.title as assigned_by_title,
    s.revision as lock_revision, s.enacted_on as recorded_enacted_on, s.published_on as recorded_published_on,
    s.approved_on as recorded_approved_on, s.confirmed_on as recorded_confirmed_on, s.assigned_on as recorded_assigned_on
from item_at($as_of, $revision) as i
join agency as a on a.agency_code = i.lead_agency
join item_state as s on s.item_id = i.item_id
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
where i.item_id = $item_id
