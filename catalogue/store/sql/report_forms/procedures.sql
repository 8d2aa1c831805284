-- Procedures in force that are not of a vertical sector, by the exact set of their levels and the province that issued
-- them (null: a ministry, whose procedures hold in every province). A level that is no more on the day counts as the one
-- that the dated rules name in its place.
select province, levels, cast(count(*) as bigint) as procedures
from (
    select v.procedure_code, any_value(a.agency_code) as province,
        list_sort(list(distinct coalesce(
            (select arg_min(e.to_level, e.position) from level_ending as e
            where e.level = l.level and e.ends_from <= $as_of and e.from_level is null
                and (e.field_name is null or lower(e.field_name) = lower(v.field_name))),
            l.level))) as levels
    from procedure_at($as_of, $revision) as v
    join procedure_version_level as l on l.version_id = v.version_id
    left join agency as a on a.agency_code = v.issuing_agency and a.kind = 'province'
    where v.in_force and v.is_vertical = false
    group by v.procedure_code
)
group by province, levels
order by province, levels
