-- Records in force whose names have the same letters, diacritics aside, under more than one national code.
select
    v.procedure_code, v.name, v.issuing_agency as agency_code, coalesce(a.name, v.issuing_agency_text) as agency_name,
    p.national_code, gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift,
    letters(v.name) as letters
from procedure_at($as_of, $revision) as v
join procedure as p on p.procedure_code = v.procedure_code
left join agency as a on a.agency_code = v.issuing_agency
where v.in_force
qualify min(p.national_code) over (partition by letters(v.name)) < max(p.national_code) over (partition by letters(v.name))
order by letters(v.name), v.procedure_code
