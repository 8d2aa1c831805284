-- Open items that a reminder or a digest names: overdue, due soon, or stalled without an answer to the four questions
-- (an obstacle sent or confirmed from `answered_since` on); standing tasks never. With the documents that are still missing.
with open_item as (
    select item_id, programme_code, procedure_code, title, lead_agency, current_deadline, deadline_state
    from item_led_at($as_of, $revision, $organised_on)
    where in_base and done_on is null and not is_standing
),
missing as (
    select
        n.item_id,
        string_agg(d.title, '; ' order by n.planned_issue_on nulls last, n.document_id) as documents,
        bool_or(coalesce(n.planned_issue_on < $as_of, false)) as is_behind
    from item_instrument_at($as_of, $revision) as n
    join document_at($as_of, $revision) as d on d.document_id = n.document_id
    where n.state <> 'issued'
    group by n.item_id
),
answered as (
    select distinct item_id
    from claim
    where kind = 'obstacle' and state in ('submitted', 'confirmed')
      and submitted_at >= $answered_since and submitted_at < $answered_until
)
select
    o.item_id, o.programme_code, p.name_vi as programme_name, o.procedure_code, o.title, o.lead_agency,
    o.current_deadline, o.deadline_state, m.documents,
    (o.deadline_state = 'overdue' or coalesce(m.is_behind, false)) and a.item_id is null as is_unanswered
from open_item as o
join programme as p on p.programme_code = o.programme_code
left join missing as m on m.item_id = o.item_id
left join answered as a on a.item_id = o.item_id
where o.deadline_state in ('overdue', 'due_soon') or (m.is_behind and a.item_id is null)
order by o.programme_code, o.current_deadline nulls last, o.item_id
