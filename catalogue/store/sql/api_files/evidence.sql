-- The same contents where claims about items that an agency answers for bring them already, each once.
select e.sha256, e.file_name, e.media_type, c.content
from evidence as e
join claim as m on m.claim_id = e.claim_id
join item_answering($working_day) as w on w.item_id = m.item_id
join evidence_content as c on c.sha256 = e.sha256
where w.agency_code = $agency and e.sha256 in (select unnest($digests::varchar[]))
  and e.evidence_id not in (select evidence_id from evidence_removal)
qualify row_number() over (partition by e.sha256 order by e.evidence_id desc) = 1
order by e.sha256
