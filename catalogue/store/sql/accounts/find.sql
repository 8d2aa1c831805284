-- The account of a person; an agency's token is none.
select actor_id, account, full_name, role, agency_code, password_hash, is_active, is_demo
from actor
where account = $account and actor_id not in (select actor_id from api_token)
