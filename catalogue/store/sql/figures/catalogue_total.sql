-- Distinct procedures in force.
select count(*) as numerator, cast(null as bigint) as denominator
from procedure_at($as_of, $revision)
where in_force
