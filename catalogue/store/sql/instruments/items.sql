-- The items of the base that need a document, of any programme: open first, and what else each one waits for.
with need as (
    select item_id, count(*) filter (state <> 'issued' and document_id <> $document_id) as waits_for
    from item_instrument_at($as_of, $revision)
    where item_id in (select item_id from item_instrument_at($as_of, $revision) where document_id = $document_id)
    group by item_id
)
select i.item_id, i.programme_code, i.procedure_code, i.title, i.lead_agency, a.short_name as agency_name,
    i.done_on, i.current_deadline, i.deadline_state, n.waits_for
from need as n
join item_led_at($as_of, $revision, $organised_on) as i on i.item_id = n.item_id
join agency as a on a.agency_code = i.lead_agency
where i.in_base
order by i.programme_code, i.done_on is not null, n.waits_for, i.lead_agency, i.item_id
