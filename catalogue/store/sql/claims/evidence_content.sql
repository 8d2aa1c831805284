-- A file with its claim; what was taken out of a draft again is its own agency's affair.
select e.file_name, e.media_type, c.content, m.state as claim_state, m.agency_code,
    e.evidence_id in (select evidence_id from evidence_removal) as is_removed
from evidence as e
join claim as m on m.claim_id = e.claim_id
join evidence_content as c on c.sha256 = e.sha256
where e.evidence_id = $evidence_id
