-- Level groups as sets: procedures in force by the combination of groups they touch.
with touched as (
    select v.procedure_code,
        coalesce(bool_or(level_group(l.level, v.is_vertical) = 'central'), false) as central,
        coalesce(bool_or(level_group(l.level, v.is_vertical) = 'local'), false) as local,
        coalesce(bool_or(level_group(l.level, v.is_vertical) = 'vertical'), false) as vertical
    from procedure_at($as_of, $revision) as v
    left join procedure_version_level as l on l.version_id = v.version_id
    where v.in_force
    group by v.procedure_code
)
select
    count(*) as total,
    count(*) filter (central) as central,
    count(*) filter (local) as local,
    count(*) filter (vertical) as vertical,
    count(*) filter (central and (local or vertical)) as overlapping,
    count(*) filter (not central and not local and not vertical) as unknown
from touched
