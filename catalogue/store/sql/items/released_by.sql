-- Items in the base, not enacted, that need one of some documents: which would be complete once these are in force on
-- their days, and from which day: the latest day on which one of their documents comes into force, never before the
-- assignment.
with coming as (
    select unnest($documents::bigint[]) as document_id, unnest($days::date[]) as in_force_on
),
need as (
    select n.item_id, n.document_id,
        coalesce(c.in_force_on, case when l.state = 'issued' then l.in_force_on end) as in_force_on
    from v_item_instrument_recorded as n
    left join coming as c on c.document_id = n.document_id
    left join v_document_recorded as l on l.document_id = n.document_id
    where n.item_id in (
        select item_id from v_item_instrument_recorded where document_id in (select document_id from coming))
),
assigned as (
    select item_id, min(effective_date) as first_on
    from item_event
    where subject = 'assigned' and holds and item_id in (select item_id from need)
    group by item_id
)
select n.item_id, i.title, i.procedure_code, i.lead_agency, i.programme_code, s.revision,
    greatest(max(n.in_force_on), a.first_on) as enacted_on
from need as n
join v_item as i on i.item_id = n.item_id
join item_state as s on s.item_id = n.item_id
join assigned as a on a.item_id = n.item_id
where s.assigned_on is not null and s.enacted_on is null
group by n.item_id, i.title, i.procedure_code, i.lead_agency, i.programme_code, s.revision, a.first_on
having bool_and(n.in_force_on is not null)
order by n.item_id
