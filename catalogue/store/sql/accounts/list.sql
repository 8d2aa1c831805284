-- Every account of a person, the active ones first; never the password hash.
select actor_id, account, full_name, role, agency_code, email, is_active, is_demo, created_at
from actor
where actor_id not in (select actor_id from api_token)
order by is_active desc, account
