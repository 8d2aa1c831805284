-- The documents not issued yet that some items need, as far as recorded.
select n.item_id, n.document_id, coalesce(l.title, d.title) as title
from v_item_instrument_recorded as n
join document as d on d.document_id = n.document_id
left join (
    select document_id, title, state
    from document_event
    qualify row_number() over (partition by document_id order by effective_date desc, event_id desc) = 1
) as l on l.document_id = n.document_id
where n.item_id in (select unnest($items::bigint[])) and coalesce(l.state, 'planned') <> 'issued'
order by n.item_id, n.document_id
