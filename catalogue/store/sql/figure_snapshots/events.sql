-- What was done with figures drafted here, as known at a revision, oldest first.
select e.snapshot_id, e.step, e.happened_on, e.comment, e.actor_id, a.full_name as actor_name, r.recorded_at
from figure_snapshot_event as e
join revision as r on r.revision = e.revision
left join actor as a on a.actor_id = e.actor_id
where e.revision <= $revision
order by e.event_id
