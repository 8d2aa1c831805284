-- One item as it stands, with the document that assigned it and the lock of its projection. `lead_agency` answers for it in
-- the organisation of $organised_on, `assigned_agency` was given it; `answering_agency`: who may write about it, the agency
-- that answers for it on the working day.
select
    i.*, a.name as agency_name, a.short_name as agency_short_name,
    g.name as assigned_agency_name, w.agency_code as answering_agency,
    t.task,
    (select arg_max(e.reason, row(e.effective_date, e.event_id)) from document_event as e
        where e.document_id = i.assigned_by and e.effective_date <= $as_of and e.revision <= $revision) as assigned_by_note,
    d.number as assigned_by_number, d.issued_on as assigned_by_date, d.title as assigned_by_title,
    s.revision as lock_revision, s.enacted_on as recorded_enacted_on, s.published_on as recorded_published_on,
    s.approved_on as recorded_approved_on, s.confirmed_on as recorded_confirmed_on, s.assigned_on as recorded_assigned_on
from item_led_at($as_of, $revision, $organised_on) as i
join agency as a on a.agency_code = i.lead_agency
join agency as g on g.agency_code = i.assigned_agency
join item_answering($working_day) as w on w.item_id = i.item_id
join item_state as s on s.item_id = i.item_id
left join directive as t on t.item_id = i.item_id
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
where i.item_id = $item_id
