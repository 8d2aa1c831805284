-- The whole content of some versions.
select
    procedure_code, national_code, agency_suffix, origin, version_id, effective_date, in_force, name, field_name,
    issuing_agency, issuing_agency_text, is_vertical, procedure_type, decision_id, details, levels, implementing,
    competent, authorised, cooperating, legal_bases
from version_content($versions::bigint[])
order by procedure_code, effective_date, version_id
