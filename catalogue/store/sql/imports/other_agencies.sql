-- The agencies of a version in the roles that a list does not name.
select version_id, role, position, agency_text, agency_code
from procedure_version_agency
where version_id in (select unnest($versions)) and role <> 'implementing'
order by version_id, role, position
