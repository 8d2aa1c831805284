-- The last filing of each agency for a form and a period, as known at a revision, with who sent it.
select f.filing_id, f.agency_code, f.file_name, f.sha256, f.explanation, f.revision, r.recorded_at, p.full_name as actor_name,
    count(*) over (partition by f.agency_code) as versions
from statistics_filing as f
join revision as r on r.revision = f.revision
join actor as p on p.actor_id = f.actor_id
where f.form_code = $form and f.period_name = $period and f.revision <= $revision
qualify row_number() over (partition by f.agency_code order by f.filing_id desc) = 1
order by f.agency_code
