-- Procedures as they stand, filtered and ranked (code, name, then the rest; shorter names first); one page with the number of all.
with standing as (
    select version_id, procedure_code, effective_date, in_force, name, field_name, issuing_agency,
        issuing_agency_text, is_vertical, search_text
    from procedure_at($as_of, $revision)
    where $in_force is null or in_force = $in_force
),
leveled as (
    select s.version_id,
        list(l.level) as levels,
        list(distinct level_group(l.level, s.is_vertical)) as level_groups
    from standing as s join procedure_version_level as l on l.version_id = s.version_id
    group by s.version_id
),
matching as (
    select s.*, p.national_code, p.agency_suffix, p.origin, g.levels,
        ' ' || replace(lower(strip_accents(s.name)), 'đ', 'd') || ' ' as folded_name
    from standing as s
    join procedure as p on p.procedure_code = s.procedure_code
    left join leveled as g on g.version_id = s.version_id
    where len(list_filter($words::varchar[], lambda w: not contains(s.search_text, ' ' || w))) = 0
      and ($agency is null or coalesce(s.issuing_agency, 'unknown') = $agency)
      and ($field is null or coalesce(s.field_name, 'unknown') = $field)
      and ($level is null or coalesce(list_contains(g.levels, $level), false))
      and ($level_group is null
        or coalesce(list_contains(g.level_groups, $level_group), false)
        or ($level_group = 'unknown' and coalesce(len(list_filter(g.level_groups, lambda x: x is not null)), 0) = 0))
      and ($origin is null or p.origin = $origin)
),
chosen as (
    select *,
        count(*) over () as total,
        row_number() over (order by
            case
                when len($words::varchar[]) = 0 then 3
                when lower(procedure_code) = $phrase or national_code = $phrase then 0
                when contains(folded_name, ' ' || $phrase || ' ') then 1
                when contains(folded_name, ' ' || $phrase) then 2
                else 3
            end,
            case when len($words::varchar[]) > 0 then length(name) end,
            case when len($words::varchar[]) = 0 then effective_date end desc,
            procedure_code) as place
    from matching
    order by place
    limit $limit offset $offset
)
select
    c.version_id, c.procedure_code, c.national_code, c.agency_suffix, c.origin, c.effective_date, c.in_force, c.name,
    c.field_name, c.issuing_agency, coalesce(a.name, c.issuing_agency_text) as agency_name, c.is_vertical,
    coalesce(c.levels, []) as levels, v.details, c.total
from chosen as c
join procedure_version as v on v.version_id = c.version_id
left join agency as a on a.agency_code = c.issuing_agency
order by c.place
