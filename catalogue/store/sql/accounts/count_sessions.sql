-- How many sessions live, as accounts/session says.
select count(*) as sessions
from session
join actor on actor.actor_id = session.actor_id
where session.ended_at is null
    and session.created_at >= $created_after
    and session.seen_at >= $seen_after
    and actor.is_active
