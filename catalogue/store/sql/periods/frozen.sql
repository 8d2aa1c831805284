-- The figures that the closing of a period froze.
select programme_code, agency_code, measure, value
from period_figure
where period_id = $period_id
order by programme_code, agency_code, measure
