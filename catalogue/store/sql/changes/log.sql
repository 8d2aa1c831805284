-- What came to hold in a period, after $since up to $as_of as known at a revision: each version beside the one before
-- it or, for $net, each procedure's last state beside that of $since. Parts by what became of them: changed, disclosed
-- (came to be known) or withheld; `respelt`: of the changed ones, those with the same letters as before,
-- in whatever order.
with known as (
    select version_id, procedure_code, effective_date
    from procedure_version
    where effective_date <= $as_of and revision <= $revision
    qualify row_number() over (partition by procedure_code, effective_date order by version_id desc) = 1
),
step as (
    select procedure_code, version_id, effective_date,
        lag(version_id) over (partition by procedure_code order by effective_date) as before_id
    from known
),
net as (
    select procedure_code, arg_max(version_id, effective_date) as version_id, max(effective_date) as effective_date,
        arg_max(version_id, effective_date) filter (effective_date <= $since) as before_id
    from known
    group by procedure_code
),
pair as (
    select * from step where effective_date > $since and not $net
    union all
    select * from net where effective_date > $since and $net
),
chosen as (
    select version_id from pair where before_id is not null
    union
    select before_id from pair where before_id is not null
),
version as (
    select version_id, name, field_name, issuing_agency_text, is_vertical, procedure_type,
        cast(json_extract(details, ['$.steps', '$.channels', '$.dossier', '$.dossier_sets', '$.addressees', '$.results',
            '$.requirements', '$.description', '$.keywords', '$.address', '$.related']) as varchar[]) as said,
        nullif(concat_ws(' ', details ->> '$.decision_number', details ->> '$.decision_date'), '') as decision
    from procedure_version semi join chosen using (version_id)
),
said as (
    select version_id,
        unnest(['name', 'field_name', 'issuing_agency_text', 'is_vertical', 'procedure_type', 'decision']) as part,
        unnest([name, field_name, issuing_agency_text, cast(is_vertical as varchar), procedure_type, decision]) as words
    from version
    union all
    select version_id, unnest(['steps', 'channels', 'dossier', 'dossier_sets', 'addressees', 'results', 'requirements',
        'description', 'keywords', 'address', 'related']), unnest(said)
    from version
    union all
    select version_id, 'levels', string_agg(level, ' ' order by level)
    from procedure_version_level semi join chosen using (version_id)
    group by version_id
    union all
    select version_id, role, string_agg(agency_text, chr(10) order by position)
    from procedure_version_agency semi join chosen using (version_id)
    group by version_id, role
    union all
    select version_id, 'legal_bases',
        string_agg(concat_ws(' | ', document_text, number, issued_on), chr(10) order by position)
    from procedure_version_legal_basis semi join chosen using (version_id)
    group by version_id
),
side as (
    select version_id, unnest([before_id, version_id]) as side_id from pair where before_id is not null
),
beside as (
    select side.version_id, s.part, max(s.words) filter (side_id <> side.version_id) as old,
        max(s.words) filter (side_id = side.version_id) as new
    from side
    join said as s on s.version_id = side_id
    group by side.version_id, s.part
    having old is distinct from new
),
changed as (
    select version_id,
        list(part order by part) filter (old is not null and new is not null) as changed,
        list(part order by part) filter (old is null) as disclosed,
        list(part order by part) filter (new is null) as withheld,
        list(part order by part) filter (
            case when old is null or new is null or length(letters(old)) <> length(letters(new)) then false
                else list_sort(string_split(letters(old), '')) = list_sort(string_split(letters(new), '')) end
        ) as respelt
    from beside
    group by version_id
)
select
    p.procedure_code, p.effective_date, p.version_id, p.before_id, v.name, b.name as old_name, v.in_force,
    b.in_force as was_in_force, v.issuing_agency as agency_code, coalesce(a.name, v.issuing_agency_text) as agency_name,
    gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift, v.decision_id, l.action, coalesce(c.changed, []) as changed, coalesce(c.disclosed, []) as disclosed,
    coalesce(c.withheld, []) as withheld, coalesce(c.respelt, []) as respelt
from pair as p
join procedure_version as v on v.version_id = p.version_id
left join procedure_version as b on b.version_id = p.before_id
left join agency as a on a.agency_code = v.issuing_agency
left join (
    select document_id, procedure_code, min(action) as action
    from publication_line
    where revision <= $revision
    group by document_id, procedure_code
) as l on l.document_id = v.decision_id and l.procedure_code = p.procedure_code
    and b.decision_id is distinct from v.decision_id  -- a later version may cite the same decision
left join changed as c on c.version_id = p.version_id
order by p.effective_date desc, p.procedure_code, p.version_id
