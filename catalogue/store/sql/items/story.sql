-- The confirmed facts of an item, newest first; a deadline tells the one that it follows, an assignment whether it
-- puts a withdrawn item back.
select e.event_id, e.subject, e.holds, e.deadline, e.effective_date, e.reason, e.claim_id, e.revision,
    case when e.subject = 'deadline'
        then lag(e.deadline) over (partition by e.subject order by e.effective_date, e.event_id) end as previous_deadline,
    e.subject = 'assigned' and e.holds
        and not coalesce(lag(e.holds) over (partition by e.subject order by e.effective_date, e.event_id), true) as is_return,
    r.recorded_at, p.full_name as actor_name, d.number as document_number, d.issued_on as document_date, d.title as document_title
from item_event as e
join revision as r on r.revision = e.revision
left join actor as p on p.actor_id = r.actor_id
left join document_at($as_of, $revision) as d on d.document_id = e.document_id
where e.item_id = $item_id and e.revision <= $revision
order by e.effective_date desc, e.event_id desc
