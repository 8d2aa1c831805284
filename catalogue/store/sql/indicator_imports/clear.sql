delete from staged_indicator where batch_id = $batch_id
