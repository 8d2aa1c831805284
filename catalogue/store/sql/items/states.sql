-- The projection of some items with what a rule about them needs. `answering_agency`: who may write about it, the agency
-- that answers for it on the working day.
select i.item_id, i.programme_code, i.procedure_code, i.lead_agency, a.agency_code as answering_agency, i.title, s.assigned_on, s.approved_on, s.enacted_on,
    s.published_on, s.confirmed_on, s.left_on, s.original_deadline, s.current_deadline, s.revision, p.stages, d.deadline_since, d.first_assigned_on,
    coalesce(t.is_standing, false) and s.current_deadline is null as is_standing
from v_item as i
join item_state as s on s.item_id = i.item_id
join item_answering($working_day) as a on a.item_id = i.item_id
join programme as p on p.programme_code = i.programme_code
left join directive as t on t.item_id = i.item_id
left join (
    select item_id, max(effective_date) filter (subject = 'deadline') as deadline_since,
        min(effective_date) filter (subject = 'assigned' and holds) as first_assigned_on
    from item_event
    where subject in ('assigned', 'deadline') and item_id in (select unnest($items::bigint[]))
    group by item_id
) as d on d.item_id = i.item_id
where i.item_id in (select unnest($items::bigint[]))
order by i.item_id
