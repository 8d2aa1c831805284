-- The projection of one item with what a rule about it needs.
select i.item_id, i.programme_code, i.procedure_code, i.lead_agency, s.assigned_on, s.approved_on, s.enacted_on, s.published_on,
    s.left_on, s.original_deadline, s.current_deadline, s.revision,
    (select max(e.effective_date) from item_event as e where e.item_id = i.item_id and e.subject = 'deadline') as deadline_since
from item as i
join item_state as s on s.item_id = i.item_id
where i.item_id = $item_id
