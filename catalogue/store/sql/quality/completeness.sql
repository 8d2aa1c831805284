-- Which parts of Article 8(2) of Decree 63/2010/NĐ-CP each record in force gives, by agency and code; `is_listed`: no
-- source has given more than a line of a list. With $since, only records published again after that day: a version
-- that came to hold after it, was not the first, and rests on another publication decision than the one before.
with known as (
    select procedure_code, version_id, effective_date,
        coalesce(cast(decision_id as varchar), details ->> 'decision_number') as decision
    from procedure_version
    where effective_date <= $as_of and revision <= $revision
    qualify row_number() over (partition by procedure_code, effective_date order by version_id desc) = 1
),
following as (
    select procedure_code, effective_date, decision,
        lag(effective_date) over (partition by procedure_code order by effective_date) as before_date,
        lag(decision) over (partition by procedure_code order by effective_date) as before_decision
    from known
),
again as (
    select distinct procedure_code
    from following
    where effective_date > $since and before_date is not null
      and decision is not null and decision is distinct from before_decision
),
standing as (
    select v.version_id, v.procedure_code, v.name, v.issuing_agency, v.issuing_agency_text,
        gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift,
        json_extract_string(v.details, ['$.steps', '$.channels', '$.dossier', '$.addressees', '$.results', '$.requirements'])
            = [null, null, null, null, null, null] as is_listed,
        json_extract(details, ['$.steps', '$.addressees', '$.results', '$.requirements']) as said,
        json_extract(details, '$.channels[*]') as channels,
        json_extract(details, '$.dossier[*].papers[*]') as papers
    from procedure_at($as_of, $revision) as v
    where v.in_force and ($since::date is null or v.procedure_code in (select procedure_code from again))
),
carried as (
    select distinct version_id
    from procedure_version_agency semi join standing using (version_id)
    where role = 'implementing'
)
select
    s.procedure_code, s.name, s.issuing_agency as agency_code, coalesce(a.name, s.issuing_agency_text) as agency_name,
    s.gift, s.is_listed,
    list_filter([
        case when s.name <> '' then 'name' end,
        case when said[1] is not null then 'steps' end,
        case when list_bool_or([json_extract_string(c, '$.way') is not null for c in channels]) then 'channels' end,
        case when len(papers) > 0 then 'dossier' end,
        case when list_bool_or([coalesce(json_extract_string(c, '$.time_value'), json_extract_string(c, '$.time_text')) is not null for c in channels])
            then 'time' end,
        case when said[2] is not null then 'addressees' end,
        case when i.version_id is not null then 'implementing' end,
        case when said[3] is not null then 'results' end
    ], lambda part: part is not null) as given,
    list_filter([
        case when list_bool_or([json_extract_string(p, '$.form') is not null for p in papers]) then 'form' end,
        case when regexp_matches(cast(said[3] as varchar), '(?i)(^|[^\p{L}\p{N}_])mẫu([^\p{L}\p{N}_]|$)')
            then 'result_form' end,
        case when said[4] is not null then 'requirements' end,
        case when list_bool_or([json_extract(c, '$.fees') is not null for c in channels]) then 'fee' end
    ], lambda part: part is not null) as conditional
from standing as s
left join carried as i on i.version_id = s.version_id
left join agency as a on a.agency_code = s.issuing_agency
order by len(given), agency_name, s.procedure_code
