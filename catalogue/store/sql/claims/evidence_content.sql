-- A file with its claim; what was taken out of a draft again is the affair of the agency that answers for the item.
select e.file_name, e.media_type, c.content, m.state as claim_state, w.agency_code as answering_agency,
    e.evidence_id in (select evidence_id from evidence_removal) as is_removed
from evidence as e
join claim as m on m.claim_id = e.claim_id
join item_answering($working_day) as w on w.item_id = m.item_id
join evidence_content as c on c.sha256 = e.sha256
where e.evidence_id = $evidence_id
