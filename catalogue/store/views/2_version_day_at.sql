-- version_day_at(as_of, known): the version of each procedure by the day from which it holds; of several on one day the last recorded.
create or replace macro version_day_at(as_of, known) as table
select procedure_code, effective_date, max(version_id) as version_id
from procedure_version
where effective_date <= as_of and revision <= known
group by procedure_code, effective_date;
