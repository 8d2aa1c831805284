-- A batch becomes accepted, with the comparison its rows were written by.
update batch
set state = 'accepted', rows_new = $rows_new, rows_changed = $rows_changed, rows_unchanged = $rows_unchanged,
    rows_missing = $rows_missing, base_revision = $base_revision, decided_at = $decided_at, decided_by = $decided_by,
    revision = $revision
where batch_id = $batch_id
