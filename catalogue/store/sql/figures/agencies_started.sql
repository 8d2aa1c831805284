-- Agencies with at least one item done, over the agencies that lead an item of the base.
with given as (
    select gift, count(done_on) as done
    from item_period_at($as_of, $revision)
    where programme_code = $programme and in_base
    group by gift
)
select count(*) filter (done > 0) as numerator, count(*) as denominator
from (
    select gift_agency(g.gift, a.agency_code) as agency_code, sum(g.done) as done
    from given as g
    left join gift_answering($organised_on) as a on a.gift = g.gift
    group by all
)
