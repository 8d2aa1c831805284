-- For some versions, the cost sheet that tells what they cost: their own, else that of the last version before with one.
select v.version_id, v.procedure_code, s.sheet_id, s.version_id as sheet_version_id
from procedure_version as v
left join cost_sheet_at($revision) as s
    on s.procedure_code = v.procedure_code and (s.effective_date, s.version_id) <= (v.effective_date, v.version_id)
where v.version_id in (select unnest($versions::bigint[]))
qualify row_number() over (partition by v.version_id order by s.effective_date desc, s.version_id desc) = 1
