-- The session of a token while it lives, with its person.
select
    actor.actor_id, actor.account, actor.full_name, actor.role, actor.agency_code,
    session.seen_at
from session
join actor on actor.actor_id = session.actor_id
where session.token_sha256 = $token_sha256
    and session.ended_at is null
    and session.created_at >= $created_after
    and session.seen_at >= $seen_after
    and actor.is_active
