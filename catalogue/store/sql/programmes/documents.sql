-- The documents that assigned the items of a programme, with the items on its base, those done and those that are
-- standing tasks, the oldest first.
select
    i.assigned_by as document_id, coalesce(d.type, n.type) as type, d.number, d.issued_on, coalesce(d.title, n.title) as title,
    count(*) filter (i.in_base) as items,
    count(*) filter (i.in_base and i.done_on is not null) as done,
    count(*) filter (i.in_base and i.is_standing) as standing,
    count(*) filter (not i.in_base) as withdrawn
from item_at($as_of, $revision) as i
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
left join document as n on n.document_id = i.assigned_by
where i.programme_code = $programme
group by i.assigned_by, coalesce(d.type, n.type), d.number, d.issued_on, coalesce(d.title, n.title)
order by d.issued_on nulls first, i.assigned_by
