-- cost_sheet_at(known): the cost sheet of each version that has one, as known at a revision, with the version's own day.
create or replace macro cost_sheet_at(known) as table
select s.*, v.effective_date
from cost_sheet as s
join procedure_version as v on v.version_id = s.version_id
where s.revision <= known
qualify row_number() over (partition by s.version_id order by s.sheet_id desc) = 1 and not s.is_withdrawn;
