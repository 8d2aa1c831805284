-- Progress reports issued up to a revision, newest first, with who issued each; null parameters: any.
select i.issue_id, i.form_code, i.period_name, i.agency_code, i.as_of, i.layout, i.revision, r.recorded_at,
    p.full_name as actor_name
from report_issue as i
join revision as r on r.revision = i.revision
join actor as p on p.actor_id = i.actor_id
where i.revision <= $revision and starts_with(i.form_code, $prefix)
    and ($form::varchar is null or i.form_code = $form)
    and ($issue_id::bigint is null or i.issue_id = $issue_id)
order by i.issue_id desc
