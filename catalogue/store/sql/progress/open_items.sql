-- Open items of a programme (of an agency; null: of all) that are overdue or about which their ministry said something,
-- with the extension it asked for last and the obstacle it told last, as recorded up to a revision. What is not sent is not told.
with last_step as (
    select c.item_id, c.kind, e.event_id, e.action, e.content
    from claim_event as e
    join claim as c on c.claim_id = e.claim_id
    where c.kind in ('extension', 'obstacle') and e.revision <= $revision
    qualify row_number() over (partition by e.claim_id order by e.event_id desc) = 1
),
said as (
    select item_id, kind, action, content
    from last_step
    where action in ('submit', 'return', 'confirm', 'refuse')
    qualify row_number() over (partition by item_id, kind order by event_id desc) = 1
)
select
    i.item_id, i.procedure_code, i.title, i.lead_agency as agency_code, a.name as agency_name,
    a.short_name as agency_short_name,
    d.number as document_number, d.issued_on as document_date, d.title as document_title,
    i.original_deadline, i.current_deadline, i.extensions, i.deadline_state = 'overdue' as is_overdue,
    x.action as extension_action, try_cast(x.content ->> '$.new_deadline' as date) as extension_to,
    o.content ->> '$.reason' as reason, o.content ->> '$.stuck_at' as stuck_at,
    try_cast(o.content ->> '$.expected_on' as date) as expected_on
from item_led_at($as_of, $revision, $as_of) as i
join agency as a on a.agency_code = i.lead_agency
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
left join said as x on x.item_id = i.item_id and x.kind = 'extension'
left join said as o on o.item_id = i.item_id and o.kind = 'obstacle'
where i.programme_code = $programme and i.in_base and i.done_on is null and not i.is_standing
  and ($agency is null or i.lead_agency = $agency)
  and (i.deadline_state = 'overdue' or x.item_id is not null or o.item_id is not null)
order by i.lead_agency, i.current_deadline, i.item_id
