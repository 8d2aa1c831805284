-- Agencies that lead at least one item of the base and have all of them done.
select count(*) as numerator, cast(null as bigint) as denominator
from (
    select lead_agency
    from item_at($as_of, $revision)
    where programme_code = $programme and in_base
    group by lead_agency
    having bool_and(done_on is not null)
)
