-- Items of any programme that name the procedure, as they stand.
select
    i.item_id, i.programme_code, p.kind, p.name_vi as programme_name_vi, p.name_en as programme_name_en, i.title,
    i.lead_agency, a.name as agency_name, i.in_base, i.assigned_on, i.approved_on, i.enacted_on, i.published_on,
    i.left_on, i.done_on, i.original_deadline, i.current_deadline, i.deadline_state
from item_led_at($as_of, $revision, $organised_on) as i
join programme as p on p.programme_code = i.programme_code
left join agency as a on a.agency_code = i.lead_agency
where i.procedure_code = $code
order by i.assigned_on desc, i.item_id
