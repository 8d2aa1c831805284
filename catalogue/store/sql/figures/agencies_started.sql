-- Agencies with at least one item done, over the agencies that lead an item of the base.
select
    count(distinct lead_agency) filter (done_on is not null) as numerator,
    count(distinct lead_agency) as denominator
from item_led_at($as_of, $revision, $organised_on)
where programme_code = $programme and in_base
