-- What made the base of a programme: each day, document and recording on which items entered or left it. What was
-- assigned without a reason is the programme as it began: assigning to a programme that has items asks for one.
with turn as (
    select
        t.event_id, t.effective_date, t.holds, e.reason, e.revision,
        case when e.reason is not null or not t.holds then e.revision end as recording,
        e.document_id
    from base_turn_at($as_of, $revision) as t
    join item_event as e on e.event_id = t.event_id
    join item as i on i.item_id = t.item_id
    where i.programme_code = $programme
),
change as (
    select
        min(event_id) as change_id, min(revision) as revision, effective_date, document_id, reason,
        count(*) filter (holds) as added,
        count(*) filter (not holds) as withdrawn
    from turn
    group by effective_date, document_id, reason, recording
)
select
    c.change_id, c.effective_date, r.recorded_at, c.document_id,
    d.number as document_number, d.issued_on as document_issued_on, d.title as document_title,
    c.reason, c.added, c.withdrawn,
    cast(sum(c.added - c.withdrawn) over (order by c.effective_date, c.change_id) as bigint) as base_after,
    c.reason is null and c.withdrawn = 0 as is_initial
from change as c
join revision as r on r.revision = c.revision
left join document_at($as_of, $revision) as d on d.document_id = c.document_id
order by c.effective_date, c.change_id
