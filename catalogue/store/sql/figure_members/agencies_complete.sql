-- The agencies that figures/agencies_complete counts: all that lead an item below the line, the complete ones above it too.
select lead_agency as member, bool_and(done_on is not null) as in_numerator, true as in_denominator
from item_led_at($as_of, $revision, $organised_on)
where programme_code = $programme and in_base
group by lead_agency
