-- The procedures that figures/catalogue_total counts.
select procedure_code as member, true as in_numerator, false as in_denominator
from procedure_at($as_of, $revision)
where in_force
