-- What was done to a claim last, by whom.
select e.action, a.full_name as actor_name, r.recorded_at
from claim_event as e
join actor as a on a.actor_id = e.actor_id
join revision as r on r.revision = e.revision
where e.claim_id = $claim_id
order by e.event_id desc
limit 1
