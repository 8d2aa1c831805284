-- The versions of some procedures recorded after one revision up to another that hold by the day, in that order.
select v.procedure_code as member, 'version' as subject, v.in_force as holds, v.effective_date,
    cast(null as date) as deadline, cast(null as date) as previous_deadline, false as is_return,
    cast(null as varchar) as reason, cast(null as bigint) as claim_id, v.decision_id as document_id,
    r.recorded_at, p.full_name as recorded_by,
    d.number as document_number, d.issued_on as document_date, d.title as document_title
from procedure_version as v
join revision as r on r.revision = v.revision
left join actor as p on p.actor_id = r.actor_id
left join document_at($as_of, $revision) as d on d.document_id = v.decision_id
where v.procedure_code in (select unnest($members::varchar[]))
  and v.effective_date <= $as_of and v.revision > $frozen and v.revision <= $revision
order by v.revision, v.version_id
