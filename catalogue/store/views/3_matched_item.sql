-- Items with the procedure that a person found later for those which came without a code.
create or replace view v_item as
select i.* replace (coalesce(i.procedure_code, m.procedure_code) as procedure_code)
from item as i
left join item_match_at(9223372036854775807) as m on m.item_id = i.item_id;
