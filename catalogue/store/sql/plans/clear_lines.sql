delete from plan_line where batch_id = $batch_id
