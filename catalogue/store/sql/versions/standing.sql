-- The whole content of some procedures (all where $codes is null) as they stand on a day, as known at a revision.
select
    procedure_code, national_code, agency_suffix, origin, version_id, effective_date, in_force, name, field_name,
    issuing_agency, issuing_agency_text, is_vertical, procedure_type, decision_id, details, levels, implementing,
    competent, authorised, cooperating, legal_bases
from version_content((
    select list(version_id) from procedure_at($as_of, $revision)
    where $codes::varchar[] is null or procedure_code in (select unnest($codes::varchar[]))
))
order by procedure_code
