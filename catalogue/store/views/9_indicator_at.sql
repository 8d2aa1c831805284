-- indicator_at(as_of, known): every value of an indicator that had been announced on a day, as known at a revision.
-- Of several on one subject the one announced last holds; on the same day the higher revision wins; what the reference
-- data print counts as revision 0.
create or replace macro indicator_at(as_of, known) as table
with fact as (
    select * from indicator_value where effective_on <= as_of and revision <= known
    union all by name
    select *, 0::bigint as revision from indicator_printed where effective_on <= as_of
)
select *
from fact
qualify row_number() over (
    partition by indicator_code, group_code, subject, agency_code, unit_code, component, period_kind, period_end
    order by effective_on desc, revision desc) = 1
