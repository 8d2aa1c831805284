select e.file_name, e.media_type, c.content, m.state as claim_state, m.agency_code
from evidence as e
join claim as m on m.claim_id = e.claim_id
join evidence_content as c on c.sha256 = e.sha256
where e.evidence_id = $evidence_id
