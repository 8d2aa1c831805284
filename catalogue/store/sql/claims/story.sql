-- What was done to a claim, oldest first.
select e.event_id, e.action, e.comment, r.recorded_at, a.full_name as actor_name, a.role as actor_role, a.agency_code as actor_agency
from claim_event as e
join actor as a on a.actor_id = e.actor_id
join revision as r on r.revision = e.revision
where e.claim_id = $claim_id
order by e.event_id
