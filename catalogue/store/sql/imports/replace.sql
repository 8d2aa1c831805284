update batch set state = 'replaced', decided_at = $decided_at where batch_id = $batch_id and state = 'staged'
