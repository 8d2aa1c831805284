-- Every version of a procedure that holds at some time, oldest first; of several on one day the last recorded counts.
select
    v.version_id, v.effective_date, v.decision_id, v.source,
    d.number as decision_number, d.issued_on as decision_date, d.title as decision_title
from procedure_version as v
left join document_at($as_of, $revision) as d on d.document_id = v.decision_id
where v.procedure_code = $code and v.revision <= $revision
qualify row_number() over (partition by v.effective_date order by v.version_id desc) = 1
order by v.effective_date
