-- One instrument as it stands, with the lock of its record; a document that no item ever needed is none.
select
    d.document_id, d.title, d.type, d.state, d.planned_issue_on, d.number, d.issued_on, d.in_force_on, d.is_in_force,
    d.drafting_agency, a.name as drafting_agency_name, d.issuer_code,
    (select max(e.revision) from document_event as e where e.document_id = d.document_id) as lock_revision
from document_at($as_of, $revision) as d
left join agency as a on a.agency_code = d.drafting_agency
where d.document_id = $document_id
  and exists (select 1 from item_instrument as n where n.document_id = d.document_id and n.revision <= $revision)
