-- Open items of a programme by the document each waits for: those not issued yet; where all are issued, those not yet in
-- force; without either, one row of no document. `alone`: items that wait for that document only.
with open_item as (
    select item_id, case when deadline_state in ('overdue', 'due_soon') then deadline_state else 'in_time' end as state
    from item_at($as_of, $revision)
    where programme_code = $programme and in_base and done_on is null
),
lacking as (
    select item_id, document_id
    from item_instrument_at($as_of, $revision)
    where not is_in_force
    qualify (state <> 'issued') or not bool_or(state <> 'issued') over (partition by item_id)
),
waiting as (
    select o.item_id, o.state, l.document_id,
        count(l.document_id) over (partition by o.item_id) as documents
    from open_item as o
    left join lacking as l on l.item_id = o.item_id
)
select
    w.document_id, d.title, d.number, d.state, d.in_force_on, d.planned_issue_on,
    case when d.state <> 'issued' and d.planned_issue_on < $as_of
        then date_diff('day', d.planned_issue_on, $as_of) end as days_late,
    a.agency_code as drafting_agency,
    a.short_name as drafting_agency_short_name,
    count(*) as items,
    count(*) filter (w.documents <= 1) as alone,
    count(*) filter (w.state = 'overdue') as overdue,
    count(*) filter (w.state = 'due_soon') as due_soon,
    count(*) filter (w.state = 'in_time') as in_time
from waiting as w
left join document_at($as_of, $revision) as d on d.document_id = w.document_id
left join agency_heir($organised_on) as h on h.origin = d.drafting_agency and h.field_name is null
    and h.given_since = date '0001-01-01'
left join agency as a on a.agency_code = h.agency_code
group by w.document_id, d.title, d.number, d.state, d.in_force_on, d.planned_issue_on, a.agency_code, a.short_name
order by overdue desc, items desc, d.planned_issue_on nulls last, w.document_id nulls last
