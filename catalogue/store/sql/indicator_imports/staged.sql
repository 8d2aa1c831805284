-- The rows of a batch of indicators (of one change, or all), a page of them.
select position, sheet, row_no, change, cast(facts as varchar) as facts, count(*) over () as total
from staged_indicator
where batch_id = $batch_id and ($change::varchar is null or change = $change)
order by position
limit $limit offset $offset
