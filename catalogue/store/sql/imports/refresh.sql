-- A waiting batch with the comparison made anew.
update batch
set rows_new = $rows_new, rows_changed = $rows_changed, rows_unchanged = $rows_unchanged,
    rows_missing = $rows_missing, base_revision = $base_revision
where batch_id = $batch_id and state = 'staged'
