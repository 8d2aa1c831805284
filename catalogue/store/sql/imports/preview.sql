-- The rows of a batch beside what the catalogue says on the day it describes.
select
    s.change, s.row_no, s.procedure_code, s.name, s.field_name, s.issuing_agency, s.issuing_agency_text,
    s.implementing_agencies, v.name as name_before, v.field_name as field_before,
    v.issuing_agency_text as issuing_agency_text_before,
    (
        select list(g.agency_text order by g.position)
        from procedure_version_agency as g
        where g.version_id = v.version_id and g.role = 'implementing'
    ) as implementing_agencies_before,
    count(*) over () as total
from staged_procedure as s
left join procedure_at($observed_on, $base_revision) as v on v.procedure_code = s.procedure_code
where s.batch_id = $batch_id and ($change is null or s.change = $change)
order by s.procedure_code
limit $limit offset $offset
