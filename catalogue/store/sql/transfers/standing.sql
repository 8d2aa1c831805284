-- From whom to whom some items move the decision on a day: as assigned first, as said last, and as it holds.
select t.*, d.number as change_number, d.issued_on as change_issued_on
from item_transfer_at($as_of, $revision) as t
left join document_at($as_of, $revision) as d on d.document_id = t.changed_by
where t.item_id in (select unnest($items::bigint[]))
order by t.item_id
