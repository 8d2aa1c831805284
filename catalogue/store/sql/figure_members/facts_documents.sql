-- What was recorded about some documents after one revision up to another and holds by the day, in that order: their own
-- facts, and the lines of their annexes (one row a document and revision).
with fact as (
    select document_id, revision, effective_date, state = 'issued' as holds, 'document' as subject
    from document_event
    where effective_date <= $as_of
    union all
    select l.document_id, l.revision, d.issued_on, true, 'lines'
    from publication_line as l
    join document_at($as_of, $revision) as d on d.document_id = l.document_id
    group by all
)
select cast(f.document_id as varchar) as member, f.subject, f.holds, f.effective_date,
    cast(null as date) as deadline, cast(null as date) as previous_deadline, false as is_return,
    cast(null as varchar) as reason, cast(null as bigint) as claim_id, f.document_id,
    r.recorded_at, p.full_name as recorded_by,
    d.number as document_number, d.issued_on as document_date, d.title as document_title
from fact as f
join revision as r on r.revision = f.revision
left join actor as p on p.actor_id = r.actor_id
left join document_at($as_of, $revision) as d on d.document_id = f.document_id
where f.document_id in (select cast(unnest($members::varchar[]) as bigint))
  and f.revision > $frozen and f.revision <= $revision
order by f.revision, f.subject
