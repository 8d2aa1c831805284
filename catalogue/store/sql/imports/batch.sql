select
    batch_id, source, file_name, sha256, observed_on, state, rows_read, rows_new, rows_changed, rows_unchanged,
    rows_missing, rows_rejected, base_revision, staged_at, decided_at, revision
from batch
where batch_id = $batch_id
