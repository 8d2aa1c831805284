-- Items that an agency answers for on the working day, one row for each document that is still to be issued: some items,
-- or all of a programme that are not through every stage yet.
select
    i.item_id, i.programme_code, i.procedure_code, i.title, i.field_name, a.number as assigned_by,
    cast(p.stages as varchar) as stages, s.approved_on, s.enacted_on, s.published_on, s.confirmed_on, s.current_deadline,
    d.document_id, d.title as instrument, d.planned_issue_on, t.task,
    m.form, m.from_level, m.from_agency, m.from_body, m.to_level, m.to_agency, m.to_body
from v_item as i
join item_state as s on s.item_id = i.item_id
join item_answering($working_day) as w on w.item_id = i.item_id
left join directive as t on t.item_id = i.item_id
left join item_transfer_at($working_day, 9223372036854775807) as m on m.item_id = i.item_id
join programme as p on p.programme_code = i.programme_code
left join document_at(date '9999-12-31', 9223372036854775807) as a on a.document_id = i.assigned_by
left join (
    select n.item_id, l.document_id, l.title, l.planned_issue_on
    from v_item_instrument_recorded as n
    join document_at(date '9999-12-31', 9223372036854775807) as l on l.document_id = n.document_id
    where l.state <> 'issued'
) as d on d.item_id = i.item_id and s.enacted_on is null
where w.agency_code = $agency
  and (i.item_id in (select unnest($items::bigint[]))
       or (i.programme_code = $programme and s.assigned_on is not null
           and not (coalesce(t.is_standing, false) and s.current_deadline is null)
           and ((contains(cast(p.stages as varchar), '"enacted"') and s.enacted_on is null)
                or (contains(cast(p.stages as varchar), '"published"') and s.published_on is null)
                or (contains(cast(p.stages as varchar), '"confirmed"') and s.confirmed_on is null))))
order by s.enacted_on is not null, s.current_deadline nulls last, i.item_id, d.document_id
