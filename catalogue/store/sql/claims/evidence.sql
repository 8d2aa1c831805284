-- Files of a claim, in the order in which they came.
select e.evidence_id, e.claim_id, e.file_name, e.media_type, e.size_bytes, e.sha256, a.full_name as actor_name, r.recorded_at
from evidence as e
join actor as a on a.actor_id = e.actor_id
join revision as r on r.revision = e.revision
where e.claim_id = $claim_id and e.evidence_id not in (select evidence_id from evidence_removal)
order by e.evidence_id
