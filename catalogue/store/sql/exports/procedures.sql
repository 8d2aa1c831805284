-- The next procedures by code as they stand on a day, as known at a revision, with what tells who answers for each
-- (`gift`): those in force, and where $with_abolished is true those that are not any more.
select
    v.procedure_code, p.national_code, p.agency_suffix, v.source,
    gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift
from procedure_at($as_of, $revision) as v
join procedure as p on p.procedure_code = v.procedure_code
where v.procedure_code > $after and (v.in_force or $with_abolished)
order by v.procedure_code
limit $size
