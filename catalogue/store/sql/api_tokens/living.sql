-- Whether the token that an actor is lives at an instant; no row for whoever is no token.
select k.revoked_at is null and a.is_active and k.expires_at > $now as is_living
from api_token as k
join actor as a on a.actor_id = k.actor_id
where k.actor_id = $actor_id
