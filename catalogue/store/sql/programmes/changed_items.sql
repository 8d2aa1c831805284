-- The items that one base change brought in or took out. $change_id: its first fact, as base_changes gives it.
with turn as (
    select t.item_id, t.event_id, t.holds, t.effective_date, e.reason,
        case when e.reason is not null or not t.holds then e.revision end as recording,
        e.document_id
    from base_turn_at($as_of, $revision) as t
    join item_event as e on e.event_id = t.event_id
    join v_item as i on i.item_id = t.item_id
    where i.programme_code = $programme
),
asked as (
    select effective_date, reason, recording, document_id from turn where event_id = $change_id
)
select i.item_id, i.procedure_code, i.title, i.field_name, i.lead_agency, a.short_name as agency_name, i.in_base
from turn as t
join asked as c on c.effective_date = t.effective_date and c.reason is not distinct from t.reason
    and c.recording is not distinct from t.recording and c.document_id is not distinct from t.document_id
join item_led_at($as_of, $revision, $organised_on) as i on i.item_id = t.item_id
left join agency as a on a.agency_code = i.lead_agency
where t.holds = $is_added
order by i.item_id
