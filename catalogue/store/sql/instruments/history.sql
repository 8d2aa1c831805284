-- What was recorded of a document, in the order of its recording, with who recorded it.
select e.event_id, e.state, coalesce(e.title, d.title) as title,
    coalesce(e.drafting_agency, d.drafting_agency) as drafting_agency, e.planned_issue_on, e.number, e.issued_on, e.in_force_on,
    e.effective_date, e.reason, e.claim_id, e.revision, r.recorded_at, r.command, p.full_name as actor_name
from document_event as e
join document as d on d.document_id = e.document_id
join revision as r on r.revision = e.revision
left join actor as p on p.actor_id = r.actor_id
where e.document_id = $document_id and e.revision <= $revision
order by e.event_id
