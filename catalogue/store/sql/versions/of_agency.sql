-- The procedures in force that an agency answers for (all where $gifts, its gifts by key, is null), on a day, as known at
-- a revision.
select procedure_code
from procedure_at($as_of, $revision)
where in_force and ($gifts::varchar[] is null or gift_key(issuing_agency, field_name, effective_date) in (select unnest($gifts::varchar[])))
order by procedure_code
