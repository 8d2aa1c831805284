-- How many claims about items that an agency answered for on a day were sent or confirmed after one revision up to another.
select count(distinct c.claim_id) as claims
from claim_event as e
join claim as c on c.claim_id = e.claim_id
join item_answering($day) as w on w.item_id = c.item_id
where w.agency_code = $agency and e.action in ('submit', 'confirm') and e.revision > $since_revision and e.revision <= $revision
