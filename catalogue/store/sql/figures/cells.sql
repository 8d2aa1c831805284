-- Items of the base of a programme by the agency that answers, the document that assigned them, and the field: one column a
-- state.
with given as (
    select gift, assigned_by, field_name,
        count(*) as base,
        count(approved_on) as approved,
        count(enacted_on) as enacted,
        count(published_on) as published,
        count(confirmed_on) as confirmed,
        count(done_on) as done,
        count(*) filter (deadline_state = 'done_in_time') as done_in_time,
        count(*) filter (deadline_state = 'done_late') as done_late,
        count(*) filter (deadline_state = 'overdue') as overdue,
        count(*) filter (deadline_state = 'due_soon') as due_soon,
        count(*) filter (deadline_state = 'in_time') as in_time,
        count(*) filter (deadline_state = 'no_deadline') as no_deadline,
        count(*) filter (deadline_state = 'standing') as standing
    from item_period_at($as_of, $revision)
    where programme_code = $programme and in_base
    group by gift, assigned_by, field_name
),
cell as (
    select gift_agency(g.gift, w.agency_code) as agency_code, g.assigned_by, g.field_name,
        cast(sum(g.base) as bigint) as base,
        cast(sum(g.approved) as bigint) as approved,
        cast(sum(g.enacted) as bigint) as enacted,
        cast(sum(g.published) as bigint) as published,
        cast(sum(g.confirmed) as bigint) as confirmed,
        cast(sum(g.done) as bigint) as done,
        cast(sum(g.done_in_time) as bigint) as done_in_time,
        cast(sum(g.done_late) as bigint) as done_late,
        cast(sum(g.overdue) as bigint) as overdue,
        cast(sum(g.due_soon) as bigint) as due_soon,
        cast(sum(g.in_time) as bigint) as in_time,
        cast(sum(g.no_deadline) as bigint) as no_deadline,
        cast(sum(g.standing) as bigint) as standing
    from given as g
    left join gift_answering($organised_on) as w on w.gift = g.gift
    group by all
)
select c.agency_code, a.name as agency_name, a.short_name as agency_short_name, c.assigned_by,
    d.number as document_number, d.issued_on as document_date, d.title as document_title,
    c.* exclude (agency_code, assigned_by)
from cell as c
join agency as a on a.agency_code = c.agency_code
left join document_at($as_of, $revision) as d on d.document_id = c.assigned_by
order by c.agency_code, c.assigned_by, c.field_name nulls last
