-- Items of the base of a programme above and below the line of a rate; standing tasks are in no rate.
select
    count(*) filter (item_counts($above, approved_on, published_on, done_on, deadline_state)) as numerator,
    count(*) filter (item_counts($below, approved_on, published_on, done_on, deadline_state)) as denominator
from item_period_at($as_of, $revision)
where programme_code = $programme and in_base and not is_standing
