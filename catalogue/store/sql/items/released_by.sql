-- Items in the base, not enacted, that need a document: which would be complete once it is in force on $in_force_on,
-- and from which day: the latest day on which one of their documents comes into force, never before the assignment.
select n.item_id, i.title, i.procedure_code, i.lead_agency, i.programme_code, s.revision,
    bool_and(n.document_id = $document_id or coalesce(l.state = 'issued' and l.in_force_on is not null, false)) as is_complete,
    greatest(max(case when n.document_id = $document_id then $in_force_on else l.in_force_on end), s.assigned_on) as enacted_on
from v_item_instrument_recorded as n
join item as i on i.item_id = n.item_id
join item_state as s on s.item_id = n.item_id
left join v_document_recorded as l on l.document_id = n.document_id
where n.item_id in (select item_id from v_item_instrument_recorded where document_id = $document_id)
  and s.assigned_on is not null and s.enacted_on is null
group by n.item_id, i.title, i.procedure_code, i.lead_agency, i.programme_code, s.revision, s.assigned_on
order by n.item_id
