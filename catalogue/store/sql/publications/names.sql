-- The procedures in force on a day by what an annex without codes says of them.
select procedure_code, name, field_name
from procedure_at($as_of, $revision)
where in_force
order by procedure_code
