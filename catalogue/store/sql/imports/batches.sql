-- Every batch, the newest first.
select
    b.batch_id, b.source, b.file_name, b.sha256, b.observed_on, b.state, b.rows_read, b.rows_new, b.rows_changed,
    b.rows_unchanged, b.rows_missing, b.rows_rejected, b.staged_at, b.decided_at, b.revision,
    (select count(*) from batch_issue as i where i.batch_id = b.batch_id) as issues
from batch as b
order by b.batch_id desc
