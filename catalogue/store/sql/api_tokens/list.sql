-- Every token without its hash, the newest first.
select
    k.actor_id, k.number, k.name, a.agency_code, k.hint, a.created_at, k.expires_at, k.revoked_at, k.used_at,
    i.full_name as issued_by_name, r.full_name as revoked_by_name
from api_token as k
join actor as a on a.actor_id = k.actor_id
left join actor as i on i.actor_id = k.issued_by
left join actor as r on r.actor_id = k.revoked_by
order by k.number desc
