-- Reporting periods as known at a revision, newest first; a closing that came later is not known yet.
select
    p.period_id, p.name, p.starts_on, p.ends_on, p.due_on,
    c.revision as frozen_revision, c.reason as close_note, r.recorded_at as closed_at, a.full_name as closed_by
from reporting_period as p
left join period_closing as c on c.period_id = p.period_id and c.revision <= $revision
left join revision as r on r.revision = c.revision
left join actor as a on a.actor_id = c.actor_id
where p.revision <= $revision
order by p.starts_on desc, p.period_id
