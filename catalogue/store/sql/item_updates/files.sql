-- The contents that some claims bring as evidence.
select claim_id, sha256
from evidence
where claim_id in (select unnest($claims::bigint[]))
  and evidence_id not in (select evidence_id from evidence_removal)
order by evidence_id
