-- Versions as rows of a list, in the order given.
with levels as (
    select version_id, list(level order by level) as levels
    from procedure_version_level
    where version_id in (select unnest($version_ids::bigint[]))
    group by version_id
)
select
    v.version_id, v.procedure_code, p.national_code, p.agency_suffix, p.origin, v.effective_date, v.in_force, v.name,
    v.field_name, v.issuing_agency as agency_code, coalesce(a.name, v.issuing_agency_text) as agency_name,
    gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift, v.is_vertical,
    coalesce(l.levels, []) as levels, v.details
from procedure_version as v
join procedure as p on p.procedure_code = v.procedure_code
left join agency as a on a.agency_code = v.issuing_agency
left join levels as l on l.version_id = v.version_id
where v.version_id in (select unnest($version_ids::bigint[]))
order by list_position($version_ids::bigint[], v.version_id)
