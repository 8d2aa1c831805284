-- Who answers on a day for what an agency as a whole was given.
select agency_code
from agency_heir($day)
where origin = $agency and field_name is null and given_since = date '0001-01-01'
