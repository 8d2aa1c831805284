delete from staged_procedure where batch_id = $batch_id
