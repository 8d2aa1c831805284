-- Why the base of a programme at one moment differs from the base at an earlier one: items in or out, by agency and ground.
with was as (
    select item_id from item_at($since, $since_revision) where programme_code = $programme and in_base
),
is_now as (
    select item_id from item_at($as_of, $revision) where programme_code = $programme and in_base
),
changed as (
    select item_id, 'added' as change from is_now where item_id not in (select item_id from was)
    union all
    select item_id, 'withdrawn' from was where item_id not in (select item_id from is_now)
),
ground as (
    select c.item_id, c.change, e.effective_date, e.reason, e.document_id
    from changed as c
    join item_event as e on e.item_id = c.item_id and e.subject = 'assigned' and e.holds = (c.change = 'added')
    where e.effective_date <= $as_of and e.revision <= $revision
    qualify row_number() over (partition by c.item_id order by e.effective_date desc, e.event_id desc) = 1
)
select
    g.change, w.agency_code, a.short_name as agency_short_name, count(*) as items, g.effective_date, g.reason,
    g.document_id, d.number as document_number, d.issued_on as document_date, d.title as document_title
from ground as g
join item_answering($as_of) as w on w.item_id = g.item_id
join agency as a on a.agency_code = w.agency_code
left join document_at($as_of, $revision) as d on d.document_id = g.document_id
group by all
order by g.effective_date, g.change, w.agency_code, g.document_id, g.reason
