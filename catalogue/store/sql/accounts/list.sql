-- Every account, the active ones first; never the password hash.
select actor_id, account, full_name, role, agency_code, email, is_active, is_demo, created_at
from actor
order by is_active desc, account
