-- The accounts a demonstration may offer without a password.
select actor_id, account, full_name, role, agency_code
from actor
where is_demo and is_active
order by account
