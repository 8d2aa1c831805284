select
    b.batch_id, b.source, b.file_name, b.sha256, b.observed_on, b.state, b.parts, b.lists_all, b.keeps_silent,
    b.rows_read, b.rows_new, b.rows_changed, b.rows_unchanged, b.rows_missing, b.rows_rejected, b.base_revision, b.staged_at, b.staged_by,
    s.agency_code as staged_by_agency, b.decided_at, b.decided_by, b.comment, b.revision
from batch as b
left join actor as s on s.actor_id = b.staged_by
where b.batch_id = $batch_id
