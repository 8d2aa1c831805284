-- Claims that were returned and have not been sent again, the longest waiting first.
select
    c.claim_id, c.kind, c.agency_code, c.item_id, i.title, i.procedure_code, i.field_name, c.decided_at, c.comment
from claim as c
join v_item as i on i.item_id = c.item_id
where c.state = 'returned' and c.decided_at < $before
order by c.decided_at, c.claim_id
