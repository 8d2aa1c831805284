-- Active accounts of the roles that receive digests, and whether they had today's.
select
    a.actor_id, a.account, a.full_name, a.role, a.agency_code, a.email,
    s.actor_id is not null as sent_today
from actor as a
left join digest_sent as s on s.actor_id = a.actor_id and s.sent_on = $today
where a.is_active and a.actor_id not in (select actor_id from api_token) and list_contains($roles::varchar[], a.role)
order by a.account
