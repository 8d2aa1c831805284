-- What names some agencies.
select agency_code as member, name, cast(null as varchar) as code, agency_code, short_name as agency
from agency
where agency_code in (select unnest($members::varchar[]))
