-- What was recorded about some items after one revision up to another, and holds by the day, in the order of recording; a
-- deadline tells the one that it follows, an assignment whether it puts a withdrawn item back.
with fact as (
    select e.*,
        case when e.subject = 'deadline'
            then lag(e.deadline) over (partition by e.item_id, e.subject order by e.effective_date, e.event_id)
            end as previous_deadline,
        e.subject = 'assigned' and e.holds and not coalesce(
            lag(e.holds) over (partition by e.item_id, e.subject order by e.effective_date, e.event_id), true) as is_return
    from item_event as e
    where e.item_id in (select cast(unnest($members::varchar[]) as bigint))
      and e.effective_date <= $as_of and e.revision <= $revision
)
select cast(f.item_id as varchar) as member, f.subject, f.holds, f.effective_date, f.deadline, f.previous_deadline,
    f.is_return, f.reason, f.claim_id, f.document_id, r.recorded_at, p.full_name as recorded_by,
    d.number as document_number, d.issued_on as document_date, d.title as document_title
from fact as f
join revision as r on r.revision = f.revision
left join actor as p on p.actor_id = r.actor_id
left join document_at($as_of, $revision) as d on d.document_id = f.document_id
where f.revision > $frozen
order by f.revision, f.event_id
