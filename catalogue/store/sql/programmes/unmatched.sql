-- Items of a programme on its base that no procedure of the catalogue is known for.
select i.item_id, i.title, i.field_name, i.lead_agency, a.short_name as agency_name, i.assigned_by, d.number as document_number
from item_led_at($as_of, $revision, $organised_on) as i
left join item_match_at($revision) as m on m.item_id = i.item_id
left join agency as a on a.agency_code = i.lead_agency
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
where i.programme_code = $programme and i.in_base and coalesce(i.procedure_code, m.procedure_code) is null
order by i.item_id
