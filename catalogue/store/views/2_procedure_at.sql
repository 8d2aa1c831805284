-- procedure_at(as_of, known): the version of each procedure that holds on a day, as known at a revision.
create or replace macro procedure_at(as_of, known) as table
select v.*
from procedure_version as v
where v.effective_date <= as_of and v.revision <= known
qualify row_number() over (partition by v.procedure_code order by v.effective_date desc, v.version_id desc) = 1;
