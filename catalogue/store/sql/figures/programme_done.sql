-- Items of the base that reached the programme's done stage, over the base; standing tasks have no such stage.
select
    count(*) filter (done_on is not null) as numerator,
    count(*) as denominator
from item_at($as_of, $revision)
where programme_code = $programme and in_base and not is_standing
