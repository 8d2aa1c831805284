-- The rows of a batch as its file lists them.
select
    row_no, procedure_code, national_code, agency_suffix, name, field_name, issuing_agency, issuing_agency_text,
    implementing_agencies, content_hash, cast(raw as varchar) as raw
from staged_procedure
where batch_id = $batch_id and change <> 'missing'
order by procedure_code
