-- What was done to the claims about an item, or about a document that it needs. What was not sent, or was recalled or
-- dropped before anybody decided, is the affair of the agency that answers for the item on the working day.
with told as (
    select *,
        max(event_id) filter (action in ('return', 'confirm', 'refuse')) over (partition by claim_id) as decided,
        arg_max(action, event_id) over (partition by claim_id) as last_action
    from claim_event
    where revision <= $revision
)
select
    e.event_id, c.claim_id, c.kind, c.item_id, c.agency_code, g.short_name as agency_name, e.action,
    cast(e.content as varchar) as content, e.comment, r.recorded_at, p.full_name as actor_name,
    coalesce(l.title, d.title) as document_title
from told as e
join claim as c on c.claim_id = e.claim_id
join item_answering($working_day) as w on w.item_id = c.item_id
join agency as g on g.agency_code = c.agency_code
join actor as p on p.actor_id = e.actor_id
join revision as r on r.revision = e.revision
left join document as d on d.document_id = c.document_id
left join document_at($as_of, $revision) as l on l.document_id = c.document_id
where e.action in ('submit', 'recall', 'return', 'confirm', 'refuse', 'drop')
  and (c.item_id = $item_id
       or c.document_id in (select document_id from item_instrument where item_id = $item_id and revision <= $revision))
  and (w.agency_code = $reader_agency or e.event_id <= e.decided or e.last_action = 'submit')
order by e.event_id desc
