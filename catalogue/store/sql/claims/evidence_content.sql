select e.file_name, e.media_type, c.content
from evidence as e
join evidence_content as c on c.sha256 = e.sha256
where e.evidence_id = $evidence_id
