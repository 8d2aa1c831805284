-- How many files each of some claims brings.
select claim_id, count(*) as files
from evidence
where claim_id in (select unnest($claims::bigint[]))
  and evidence_id not in (select evidence_id from evidence_removal)
group by claim_id
order by claim_id
