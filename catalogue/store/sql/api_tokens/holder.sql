-- The token with a hash, whatever became of it, with the actor that it is.
select k.actor_id, a.account, a.full_name, a.role, a.agency_code, a.is_active, k.expires_at, k.revoked_at, k.used_at
from api_token as k
join actor as a on a.actor_id = k.actor_id
where k.token_sha256 = $token_sha256
