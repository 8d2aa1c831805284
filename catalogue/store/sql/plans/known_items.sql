-- What a programme has already, by the documents that assigned it.
select i.item_id, i.assigned_by, i.subject, coalesce(i.procedure_code, m.procedure_code) as procedure_code,
    coalesce(d.number, d.title) as document_number
from item as i
left join item_match_at($revision) as m on m.item_id = i.item_id
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
where i.programme_code = $programme and i.revision <= $revision
order by i.item_id
