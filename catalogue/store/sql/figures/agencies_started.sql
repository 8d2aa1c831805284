-- Agencies with at least one item done, over the agencies that lead an item of the base.
select
    count(distinct lead_agency) filter (done_on is not null) as numerator,
    count(distinct lead_agency) as denominator
from item_at($as_of, $revision)
where programme_code = $programme and in_base
