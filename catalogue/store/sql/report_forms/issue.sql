select i.issue_id, i.form_code, i.period_name, i.agency_code, i.as_of, i.sent, i.expected, i.layout, i.notes, i.revision,
    r.recorded_at, p.full_name as actor_name
from report_issue as i
join revision as r on r.revision = i.revision
join actor as p on p.actor_id = i.actor_id
where i.issue_id = $issue_id
