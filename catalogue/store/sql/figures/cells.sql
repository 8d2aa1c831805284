-- Items of the base of a programme by the agency that answers, the document that assigned them, and the field: one column a
-- state.
with given as (
    select gift, assigned_by, field_name,
        unnest(item_tally(approved_on, enacted_on, published_on, confirmed_on, done_on, deadline_state))
    from item_period_at($as_of, $revision)
    where programme_code = $programme and in_base
    group by gift, assigned_by, field_name
),
cell as (
    select gift_agency(g.gift, w.agency_code) as agency_code, g.assigned_by, g.field_name,
        cast(sum(columns(g.* exclude (gift, assigned_by, field_name))) as bigint)
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
