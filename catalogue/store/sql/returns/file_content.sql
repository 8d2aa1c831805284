select f.file_name, f.media_type, c.content
from period_return_file as f
join evidence_content as c on c.sha256 = f.sha256
where f.file_id = $file_id
