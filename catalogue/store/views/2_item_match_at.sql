-- item_match_at(known): the procedure that a person found for an item which its annex had left without a code.
create or replace macro item_match_at(known) as table
select item_id, procedure_code
from item_match
where revision <= known
qualify row_number() over (partition by item_id order by revision desc) = 1 and procedure_code is not null;
