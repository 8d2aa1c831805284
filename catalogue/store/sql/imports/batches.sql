-- Every batch, the newest first; of one agency's people only where $agency is given.
select
    b.batch_id, b.source, b.file_name, b.sha256, b.observed_on, b.state, b.rows_read, b.rows_new, b.rows_changed,
    b.rows_unchanged, b.rows_missing, b.rows_rejected, b.staged_at, b.staged_by, s.full_name as staged_by_name,
    s.agency_code as staged_by_agency, b.decided_at, b.decided_by, d.full_name as decided_by_name, b.comment, b.revision,
    (select count(*) from batch_issue as i where i.batch_id = b.batch_id) as issues
from batch as b
left join actor as s on s.actor_id = b.staged_by
left join actor as d on d.actor_id = b.decided_by
where $agency::varchar is null or s.agency_code = $agency
order by b.batch_id desc
