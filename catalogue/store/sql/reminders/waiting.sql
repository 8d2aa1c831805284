-- How many claims wait for a reviewer, and since when.
select count(*) as claims, min(submitted_at) as oldest
from claim
where state = 'submitted'
