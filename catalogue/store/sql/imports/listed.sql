-- The rows of a batch as its file lists them.
select
    row_no, procedure_code, cast(content as varchar) as content, cast(raw as varchar) as raw,
    cast(problems as varchar) as problems
from staged_procedure
where batch_id = $batch_id and change <> 'missing'
order by procedure_code
