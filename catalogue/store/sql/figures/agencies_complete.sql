-- Agencies that lead at least one item of the base and have all of them done, over the agencies that lead any.
select count(*) filter (is_complete) as numerator, count(*) as denominator
from (
    select lead_agency, bool_and(done_on is not null) as is_complete
    from item_led_at($as_of, $revision, $organised_on)
    where programme_code = $programme and in_base
    group by lead_agency
)
