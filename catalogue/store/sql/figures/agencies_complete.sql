-- Agencies that lead at least one item of the base and have all of them done, over the agencies that lead any.
with given as (
    select gift, bool_and(done_on is not null) as is_complete
    from item_period_at($as_of, $revision)
    where programme_code = $programme and in_base
    group by gift
)
select count(*) filter (is_complete) as numerator, count(*) as denominator
from (
    select gift_agency(g.gift, a.agency_code) as agency_code, bool_and(g.is_complete) as is_complete
    from given as g
    left join gift_answering($organised_on) as a on a.gift = g.gift
    group by all
)
