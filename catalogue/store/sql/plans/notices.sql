-- What of a plan's file was passed over.
select rule, row_no, value from plan_notice where batch_id = $batch_id order by position
