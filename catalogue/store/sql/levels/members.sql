-- Procedures in force of exactly the set $members (null: any) or in exactly $size sets, by code; sets of
-- levels or, for $by = 'group', of level groups.
with standing as (
    select v.procedure_code, v.name, v.issuing_agency, v.issuing_agency_text,
        gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift,
        coalesce(list(l.level order by l.level) filter (l.level is not null), []) as levels,
        coalesce(list_sort(list(distinct level_group(l.level, v.is_vertical))
            filter (level_group(l.level, v.is_vertical) is not null)), []) as groups
    from procedure_at($as_of, $revision) as v
    left join procedure_version_level as l on l.version_id = v.version_id
    where v.in_force
    group by all
),
placed as (
    select *, case when $by = 'group' then groups else levels end as sets from standing
)
select p.procedure_code, p.name, p.issuing_agency as agency_code,
    coalesce(a.name, p.issuing_agency_text) as agency_name, p.gift, p.levels
from placed as p
left join agency as a on a.agency_code = p.issuing_agency
where ($members::varchar[] is null or p.sets = $members::varchar[]) and ($size::integer is null or len(p.sets) = $size)
order by p.procedure_code
