-- Totals that are not the sum of the components recorded with them.
with part as (
    select
        indicator_code, group_code, subject, agency_code, unit_code, period_kind, period_end, revision,
        any_value(value) filter (component is null) as total,
        sum(value) filter (component is not null) as parts,
        count(*) filter (component is not null) as components,
        count(*) filter (component is not null and state = 'missing') as missing
    from indicator_value
    group by all
)
select 'components do not add up to the total' as problem,
    indicator_code || ' ' || coalesce(unit_code, agency_code, subject) || ' ' || period_kind || ' ' || period_end as id
from part
where components > 0 and total is not null and (coalesce(parts, 0) > total or (missing = 0 and parts <> total))
order by problem, id
