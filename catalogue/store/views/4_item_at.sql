-- item_at(as_of, known): state of every item ever assigned (item_period_at), with what names it.
create or replace macro item_at(as_of, known) as table
select
    s.item_id, s.programme_code, s.assigned_by, coalesce(i.procedure_code, m.procedure_code) as procedure_code,
    i.title, s.field_name, i.lead_agency,
    s.* exclude (item_id, programme_code, assigned_by, field_name)
from item_period_at(as_of, known) as s
join item as i on i.item_id = s.item_id
left join item_match_at(known) as m on m.item_id = s.item_id;
