update batch set state = 'rejected', decided_at = $decided_at, decided_by = $decided_by, comment = $comment
where batch_id = $batch_id and state = 'staged'
