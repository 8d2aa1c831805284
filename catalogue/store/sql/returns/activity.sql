-- How many claims an agency sent or had confirmed after one revision up to another.
select count(distinct c.claim_id) as claims
from claim_event as e
join claim as c on c.claim_id = e.claim_id
where c.agency_code = $agency and e.action in ('submit', 'confirm') and e.revision > $since_revision and e.revision <= $revision
