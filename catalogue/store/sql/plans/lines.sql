-- The rows of a plan.
select * exclude (batch_id) from plan_line where batch_id = $batch_id order by row_no
