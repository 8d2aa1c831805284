-- item_recorded_at(as_of, known): the state of every item ever assigned, replayed from its facts. Figures read what is kept
-- of it (item_period); this is what that is checked against.
create or replace macro item_recorded_at(as_of, known) as table
select
    item_id,
    bool_or(subject = 'assigned' and holds) as in_base,
    max(case when subject = 'assigned' and holds then since end) as assigned_on,
    max(case when subject = 'assigned' and not holds then since end) as left_on,
    max(case when subject = 'approved' and holds then since end) as approved_on,
    max(case when subject = 'enacted' and holds then since end) as enacted_on,
    max(case when subject = 'published' and holds then since end) as published_on,
    max(case when subject = 'confirmed' and holds then since end) as confirmed_on,
    max(case when subject = 'deadline' then first_deadline end) as original_deadline,
    max(case when subject = 'deadline' then last_deadline end) as current_deadline,
    cast(coalesce(max(case when subject = 'deadline' then facts - 1 end), 0) as bigint) as extensions,
    max(revision) as revision
from item_fact_at(as_of, known)
group by item_id;
