-- What the procedures found can be narrowed by, with counts: each facet under every filter but its own.
-- `level_group`/`all` counts procedures, the other level groups memberships; `total` counts under all filters.
with standing as (
    select version_id, procedure_code, field_name, issuing_agency, is_vertical, search_text
    from procedure_at($as_of, $revision)
    where $in_force is null or in_force = $in_force
),
leveled as (
    select s.version_id,
        list(l.level) as levels,
        list(distinct level_group(l.level, s.is_vertical)) filter (level_group(l.level, s.is_vertical) is not null)
            as level_groups
    from standing as s join procedure_version_level as l on l.version_id = s.version_id
    group by s.version_id
),
found as (
    select
        coalesce(s.issuing_agency, 'unknown') as agency,
        coalesce(s.field_name, 'unknown') as field,
        coalesce(g.level_groups, ['unknown']) as level_groups
    from standing as s
    join procedure as p on p.procedure_code = s.procedure_code
    left join leveled as g on g.version_id = s.version_id
    where len(list_filter($words::varchar[], lambda w: not contains(s.search_text, ' ' || w))) = 0
      and ($level is null or coalesce(list_contains(g.levels, $level), false))
      and ($origin is null or p.origin = $origin)
),
fitting as (
    select *,
        $agency is null or agency = $agency as fits_agency,
        $field is null or field = $field as fits_field,
        $level_group is null or list_contains(level_groups, $level_group) as fits_level_group
    from found
)
select 'agency' as facet, f.agency as value, coalesce(a.name, f.agency) as label, count(*) as procedures
from fitting as f left join agency as a on a.agency_code = f.agency
where fits_field and fits_level_group
group by f.agency, a.name
union all
select 'field', field, field, count(*)
from fitting
where fits_agency and fits_level_group
group by field
union all
select 'level_group', value, value, count(*)
from (select unnest(level_groups) as value from fitting where fits_agency and fits_field)
group by value
union all
select 'level_group', 'all', 'all', count(*)
from fitting
where fits_agency and fits_field
union all
select 'total', 'total', 'total', count(*)
from fitting
where fits_agency and fits_field and fits_level_group
order by facet, procedures desc, value
