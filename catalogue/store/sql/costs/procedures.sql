-- Procedures in force on a day with the version that holds, whose they are, and the cost sheet that tells its cost.
with current as (
    select version_id, procedure_code, effective_date, name, field_name, issuing_agency, issuing_agency_text
    from procedure_at($as_of, $revision)
    where in_force
),
sheet as (
    select c.version_id, s.sheet_id, s.version_id as sheet_version_id
    from current as c
    join cost_sheet_at($revision) as s
        on s.procedure_code = c.procedure_code and (s.effective_date, s.version_id) <= (c.effective_date, c.version_id)
    qualify row_number() over (partition by c.version_id order by s.effective_date desc, s.version_id desc) = 1
)
select c.version_id, c.procedure_code, c.name, c.field_name, c.issuing_agency as agency_code,
    coalesce(a.short_name, c.issuing_agency_text) as agency_name,
    gift_key(c.issuing_agency, c.field_name, c.effective_date) as gift, s.sheet_id, s.sheet_version_id
from current as c
left join sheet as s on s.version_id = c.version_id
left join agency as a on a.agency_code = c.issuing_agency
order by c.procedure_code
