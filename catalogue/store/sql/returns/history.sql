-- Every return of an agency for a period, newest first, with who sent it.
select t.return_id, t.kind, t.number, t.issued_on, t.sent_on, t.note, r.recorded_at, p.full_name as actor_name
from period_return as t
join revision as r on r.revision = t.revision
join actor as p on p.actor_id = t.actor_id
where t.period_id = $period_id and t.agency_code = $agency and t.revision <= $revision
order by t.return_id desc
