-- The files of every return for a period.
select f.file_id, f.return_id, t.agency_code, f.file_name, f.media_type, f.size_bytes
from period_return_file as f
join period_return as t on t.return_id = f.return_id
where t.period_id = $period_id and f.revision <= $revision
order by f.file_id
