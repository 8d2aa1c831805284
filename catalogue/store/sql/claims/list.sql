-- Claims with what they are about, oldest waiting first. The agency is the one that answers for the item on the working day:
-- whoever wrote a claim, it is the one that mends it.
select
    c.claim_id, c.kind, c.item_id, c.document_id, c.agency_code, o.agency_code as answering_agency, c.state, cast(c.content as varchar) as content, c.comment,
    c.submitted_at, c.decided_at, c.revision,
    i.title as item_title, i.procedure_code, i.programme_code,
    a.short_name as agency_name, w.full_name as author_name, x.full_name as decided_by_name,
    coalesce(l.title, d.title) as document_title, l.state as document_state, l.number as document_number,
    l.issued_on as document_issued_on, l.in_force_on as document_in_force_on,
    (select count(*) from evidence as e
     where e.claim_id = c.claim_id and e.evidence_id not in (select evidence_id from evidence_removal)) as files,
    count(*) over () as total
from claim as c
join v_item as i on i.item_id = c.item_id
join item_answering($working_day) as o on o.item_id = c.item_id
join agency as a on a.agency_code = o.agency_code
left join actor as w on w.actor_id = c.author_id
left join actor as x on x.actor_id = c.decided_by
left join document as d on d.document_id = c.document_id
left join (
    select document_id, title, state, number, issued_on, in_force_on
    from document_event
    qualify row_number() over (partition by document_id order by effective_date desc, event_id desc) = 1
) as l on l.document_id = c.document_id
where ($state is null or c.state = $state)
  and ($kind is null or c.kind = $kind)
  and (c.state not in ('draft', 'dropped') or o.agency_code = $reader_agency)
  and ($agency is null or o.agency_code = $agency)
  and ($item_id is null or c.item_id = $item_id
       or (c.document_id is not null and c.document_id in (select document_id from item_instrument where item_id = $item_id)))
  and ($claim_id is null or c.claim_id = $claim_id)
order by c.submitted_at nulls last, c.claim_id
limit $limit offset $offset
