-- Open items of an agency (null: of all) that are stalled: overdue, or needing an unissued document whose planned day has
-- passed; standing tasks never stall. `is_answered`: an obstacle was sent or confirmed from `answered_since` on. Those unanswered come first.
with slipped as (
    select n.item_id,
        count(*) as documents,
        min(n.planned_issue_on) as planned_issue_on,
        arg_min(n.document_id, row(n.planned_issue_on, n.document_id)) as document_id,
        arg_min(d.title, row(n.planned_issue_on, n.document_id)) as document_title
    from item_instrument_at($as_of, $revision) as n
    join document_at($as_of, $revision) as d on d.document_id = n.document_id
    where n.state <> 'issued' and n.planned_issue_on < $as_of
    group by n.item_id
),
answered as (
    select item_id, max(submitted_at) as answered_at
    from claim
    where kind = 'obstacle' and state in ('submitted', 'confirmed')
      and submitted_at >= $answered_since and submitted_at < $answered_until
    group by item_id
)
select
    i.item_id, i.programme_code, i.procedure_code, i.title, i.lead_agency, a.short_name as agency_name,
    i.current_deadline, i.deadline_state, s.revision as lock_revision,
    w.documents, w.planned_issue_on, w.document_id, w.document_title, t.answered_at,
    t.item_id is not null as is_answered
from item_led_at($as_of, $revision, $organised_on) as i
join agency as a on a.agency_code = i.lead_agency
join item_state as s on s.item_id = i.item_id
left join slipped as w on w.item_id = i.item_id
left join answered as t on t.item_id = i.item_id
where i.in_base and i.done_on is null and not i.is_standing
  and (i.deadline_state = 'overdue' or w.item_id is not null)
  and ($agency is null or i.lead_agency = $agency)
order by is_answered, least(i.current_deadline, w.planned_issue_on), i.item_id
