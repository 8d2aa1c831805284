-- Claims that were returned and have not been sent again, the longest waiting first, with who answers for the item.
select
    c.claim_id, c.kind, w.agency_code, c.item_id, i.title, i.procedure_code, c.decided_at, c.comment
from claim as c
join v_item as i on i.item_id = c.item_id
join item_answering($organised_on) as w on w.item_id = c.item_id
where c.state = 'returned' and c.decided_at < $before
order by c.decided_at, c.claim_id
