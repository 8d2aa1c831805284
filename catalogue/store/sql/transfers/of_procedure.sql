-- Items that move the decision about a procedure, the ones in force first, with the document that assigned them.
select
    i.item_id, i.programme_code, i.title, i.lead_agency, a.name as agency_name, i.in_base, i.assigned_on, i.enacted_on,
    i.left_on, i.current_deadline, d.number as assigned_by_number, d.issued_on as assigned_by_date
from item_led_at($as_of, $revision, $organised_on) as i
join decentralisation as t on t.item_id = i.item_id
left join item_match_at($revision) as m on m.item_id = i.item_id
left join agency as a on a.agency_code = i.lead_agency
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
where coalesce(i.procedure_code, m.procedure_code) = $code
order by i.enacted_on nulls last, i.assigned_on, i.item_id
