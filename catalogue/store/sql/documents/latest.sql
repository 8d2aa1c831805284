-- A document with its latest recorded fact, whether or not its day has come.
select d.document_id, d.type, coalesce(e.title, d.title) as title,
    coalesce(e.drafting_agency, d.drafting_agency) as drafting_agency, d.issuer_code,
    e.state, e.planned_issue_on, e.number, e.issued_on, e.in_force_on, e.effective_date
from document as d
join document_event as e on e.document_id = d.document_id
where d.document_id = $document_id
order by e.effective_date desc, e.event_id desc
limit 1
