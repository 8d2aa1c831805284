-- Every stage of a programme on one base, and the deadline states of the base; standing tasks are never due.
with counted as (
    select
        unnest(item_tally(approved_on, enacted_on, published_on, confirmed_on, done_on, deadline_state)),
        count(*) filter (done_on is null and original_deadline < $as_of) as past_original
    from item_period_at($as_of, $revision)
    where programme_code = $programme and in_base
)
select base as assigned, * exclude (base)
from counted
