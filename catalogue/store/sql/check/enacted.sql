-- Items whose enacted fact is not what their instruments say: enacted from the day the last one comes into force,
-- and never before the assignment.
with expected as (
    select n.item_id,
        case when bool_and(coalesce(l.state = 'issued' and l.in_force_on is not null, false)) then max(l.in_force_on) end as enacted_on
    from v_item_instrument_recorded as n
    left join v_document_recorded as l on l.document_id = n.document_id
    group by n.item_id
)
select 'enacted date is not that of the instruments' as problem, cast(s.item_id as varchar) as id
from item_state as s
join item as i on i.item_id = s.item_id
join programme as p on p.programme_code = i.programme_code
left join expected as e on e.item_id = s.item_id
where p.kind <> 'directive' and s.left_on is null
  and s.enacted_on is distinct from case when e.enacted_on is not null then greatest(e.enacted_on, s.assigned_on) end
order by id
