-- Items of the base of a programme by the agency that answers, the field, and the level that is to decide on the day.
select
    i.lead_agency as agency_code,
    a.short_name as agency_short_name,
    i.field_name,
    coalesce(t.to_level, 'unknown') as to_level,
    count(*) as items,
    count(i.done_on) as done,
    count(*) filter (i.deadline_state = 'overdue') as overdue
from item_led_at($as_of, $revision, $organised_on) as i
join agency as a on a.agency_code = i.lead_agency
left join item_transfer_at($as_of, $revision) as t on t.item_id = i.item_id
where i.programme_code = $programme and i.in_base
group by i.lead_agency, a.short_name, i.field_name, t.to_level
order by agency_code, i.field_name nulls last, to_level
