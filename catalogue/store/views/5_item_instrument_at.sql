-- item_instrument_at(as_of, known): which documents each item needs, and whether each is in force on the day.
create or replace macro item_instrument_at(as_of, known) as table
with need as (
    select item_id, document_id
    from item_instrument
    where effective_date <= as_of and revision <= known
    group by item_id, document_id
    having arg_max(holds, row(effective_date, revision))
)
select
    n.item_id, n.document_id,
    coalesce(d.state, 'planned') as state,
    d.planned_issue_on, d.number, d.issued_on, d.in_force_on,
    coalesce(d.is_in_force, false) as is_in_force
from need as n
left join document_at(as_of, known) as d on d.document_id = n.document_id;
