-- item_measure_at(as_of, known): the measures an item promises on a day, and whether each is carried out: every document
-- that it names (where it names none, every document of the item) is in force.
create or replace macro item_measure_at(as_of, known) as table
with turned as (
    select item_id, position, arg_max(holds, row(effective_date, revision)) as holds
    from item_measure_fact
    where effective_date <= as_of and revision <= known
    group by item_id, position
),
later as (                              -- added after the assignment: not promised before its day
    select m.item_id, m.position
    from item_measure as m
    join item_measure_fact as f on f.item_id = m.item_id and f.position = m.position and f.revision = m.revision
    where m.revision <= known
),
promised as (
    select m.item_id, m.position, m.measure_type, m.before_text, m.after_text, m.explanation
    from item_measure as m
    left join turned as t on t.item_id = m.item_id and t.position = m.position
    left join later as l on l.item_id = m.item_id and l.position = m.position
    where m.revision <= known and coalesce(t.holds, l.item_id is null)
),
named as (
    select item_id, position, document_id
    from item_measure_instrument
    where effective_date <= as_of and revision <= known
    group by item_id, position, document_id
    having arg_max(holds, row(effective_date, revision))
),
need as (
    select item_id, document_id, is_in_force, in_force_on from item_instrument_at(as_of, known)
),
carried as (
    select p.item_id, p.position,
        bool_or(n.document_id is not null) as names_documents,
        bool_and(d.is_in_force) filter (n.document_id is not null) as named_in_force,
        max(d.in_force_on) filter (n.document_id is not null) as named_on,
        bool_and(d.is_in_force) as all_in_force,
        max(d.in_force_on) as all_on
    from promised as p
    join need as d on d.item_id = p.item_id
    left join named as n on n.item_id = p.item_id and n.position = p.position and n.document_id = d.document_id
    group by p.item_id, p.position
)
select
    p.*,
    coalesce(c.names_documents, false) as names_documents,
    case when c.names_documents and c.named_in_force then c.named_on
        when not c.names_documents and c.all_in_force then c.all_on end as carried_out_on
from promised as p
left join carried as c on c.item_id = p.item_id and c.position = p.position;
