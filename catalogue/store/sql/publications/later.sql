-- The first version of some procedures that takes effect after a day.
select procedure_code, min(effective_date) as effective_date
from procedure_version
where procedure_code in (select unnest($codes::varchar[])) and effective_date > $on and revision <= $revision
group by procedure_code
order by procedure_code
