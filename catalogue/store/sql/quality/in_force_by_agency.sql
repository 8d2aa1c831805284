-- Records in force by issuing agency and what it was given.
select v.issuing_agency as agency_code, gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift,
    any_value(a.name) as agency_name, cast(count(*) as bigint) as records
from procedure_at($as_of, $revision) as v
left join agency as a on a.agency_code = v.issuing_agency
where v.in_force
group by v.issuing_agency, gift
order by v.issuing_agency, gift
