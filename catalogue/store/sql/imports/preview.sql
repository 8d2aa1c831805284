-- The rows of a batch (of one change, or all), a page of them.
select
    change, row_no, procedure_code, cast(content as varchar) as content, cast(problems as varchar) as problems,
    count(*) over () as total
from staged_procedure
where batch_id = $batch_id and ($change is null or change = $change)
order by procedure_code
limit $limit offset $offset
