-- Every cost sheet of a procedure, the last recorded first; `stands`: it is the one of a version that holds.
select s.sheet_id, s.version_id, v.effective_date, s.made_on, s.income_year, s.income_vnd, s.is_withdrawn, s.reason,
    s.file_name, r.recorded_at, u.full_name as actor_name, a.sheet_id is not null and d.version_id is not null as stands
from cost_sheet as s
join procedure_version as v on v.version_id = s.version_id
join revision as r on r.revision = s.revision
left join cost_sheet_at($revision) as a on a.sheet_id = s.sheet_id
left join version_day_at(date '9999-12-31', $revision) as d on d.version_id = s.version_id
left join actor as u on u.actor_id = s.actor_id
where s.procedure_code = $code and s.revision <= $revision
order by s.sheet_id desc
