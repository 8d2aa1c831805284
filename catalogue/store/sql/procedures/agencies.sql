-- The agencies of a version by role, as the source writes them.
select role, position, agency_text, agency_code
from procedure_version_agency
where version_id = $version_id
order by role, position
