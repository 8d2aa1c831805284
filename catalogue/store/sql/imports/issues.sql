select severity, file, sheet, row_no, column_name, value, rule, procedure_code
from batch_issue
where batch_id = $batch_id
order by position
