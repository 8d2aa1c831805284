-- The procedures in force that an agency issued (all where $agency is null), on a day, as known at a revision.
select procedure_code
from procedure_at($as_of, $revision)
where in_force and ($agency::varchar is null or issuing_agency = $agency)
order by procedure_code
