select actor_id, account, full_name, role, agency_code, password_hash, is_active, is_demo
from actor
where account = $account
