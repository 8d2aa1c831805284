-- document_at(as_of, known): each document as it stands on a day, as known at a revision.
-- `number`, `issued_on` and `in_force_on` are what is recorded; is_in_force says whether it holds on the day.
create or replace macro document_at(as_of, known) as table
select
    d.document_id, d.type, coalesce(e.title, d.title) as title, coalesce(e.drafting_agency, d.drafting_agency) as drafting_agency,
    d.issuer_code,
    e.state, e.planned_issue_on, e.number, e.issued_on, e.in_force_on,
    coalesce(e.state = 'issued' and e.in_force_on <= as_of, false) as is_in_force,
    e.revision as event_revision
from document as d
join document_event as e on e.document_id = d.document_id
where e.effective_date <= as_of and e.revision <= known
qualify row_number() over (partition by e.document_id order by e.effective_date desc, e.event_id desc) = 1;
