-- What is wrong with the records in force, each thing once: what was flagged when a version was written, and what the
-- day itself makes wrong: a district after $district_abolished, an agency whose name is among $ended.
with standing as (
    select version_id, procedure_code, name, issuing_agency, issuing_agency_text,
        gift_key(issuing_agency, field_name, effective_date) as gift
    from procedure_at($as_of, $revision)
    where in_force and ($code::varchar is null or procedure_code = $code)
),
named as (
    select version_id, 'name' as part, name as words from standing
    union all
    select version_id, 'issuing_agency_text', issuing_agency_text from standing
    union all
    select version_id, role, agency_text from procedure_version_agency semi join standing using (version_id)
),
stored as (
    select version_id, rule, part, value
    from procedure_version_problem semi join standing using (version_id)
    where revision <= $revision
),
district as (
    select version_id, 'district_after_abolition' as rule, 'levels' as part, level as value
    from procedure_version_level semi join standing using (version_id)
    where level = 'district'
    union all
    select version_id, 'district_after_abolition', part, words
    from named
    where regexp_matches(words, '(?i)(^|[^\p{L}])(cấp|ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+huyện([^\p{L}]|$)')
),
found as (
    select version_id, rule, part, value from stored
    union
    select version_id, rule, part, value
    from district anti join stored using (version_id, rule, part)
    where $as_of >= $district_abolished
    union
    select version_id, 'agency_ended', part, words
    from named
    where part <> 'name' and words in (select unnest($ended::varchar[]))
)
select
    s.procedure_code, s.name, s.issuing_agency as agency_code, coalesce(a.name, s.issuing_agency_text) as agency_name,
    s.gift, f.rule, f.part, f.value
from found as f
join standing as s on s.version_id = f.version_id
left join agency as a on a.agency_code = s.issuing_agency
order by s.procedure_code, f.rule, f.part nulls first, f.value nulls first
