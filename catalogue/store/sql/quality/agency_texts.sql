-- Every agency that the records in force name, as their sources write it.
with standing as (
    select version_id, issuing_agency_text from procedure_at($as_of, $revision) where in_force
)
select distinct agency_text
from (
    select issuing_agency_text as agency_text from standing
    union all
    select agency_text from procedure_version_agency semi join standing using (version_id)
)
where agency_text is not null
order by agency_text
