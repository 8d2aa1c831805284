-- Instruments as they stand, filtered; one page of them with the number of all. Of the items in the base (of one
-- programme): `alone` are open and wait for nothing else, `helps` are open and need it among others, `items` need it at all.
with base as (
    select item_id, programme_code, lead_agency, done_on is null and not is_standing as is_open
    from item_led_at($as_of, $revision, $organised_on)
    where in_base and ($programme is null or programme_code = $programme)
),
need as (
    select n.item_id, n.document_id, n.state <> 'issued' as is_missing, b.programme_code, b.lead_agency, b.is_open,
        count(*) filter (n.state <> 'issued') over (partition by n.item_id) as missing
    from item_instrument_at($as_of, $revision) as n
    join base as b on b.item_id = n.item_id
),
held as (
    select document_id,
        count(*) as items,
        count(*) filter (is_open and is_missing and missing = 1) as alone,
        count(*) filter (is_open and is_missing) as helps,
        list(distinct programme_code order by programme_code) as programmes,
        list(distinct a.short_name order by a.short_name) as leads
    from need as n
    join agency as a on a.agency_code = n.lead_agency
    group by document_id
),
instrument as (
    select distinct n.document_id
    from item_instrument as n
    join item as i on i.item_id = n.item_id
    where n.effective_date <= $as_of and n.revision <= $revision
      and ($programme is null or i.programme_code = $programme)
),
standing as (
    select d.*,
        case when d.is_in_force then 'in_force' else d.state end as standing,
        case when d.state = 'issued' then null
            when d.planned_issue_on is null then 'none'
            when d.planned_issue_on < $as_of then 'passed'
            when d.planned_issue_on <= $as_of + 30 then 'soon'
            else 'later' end as timing
    from document_at($as_of, $revision) as d
)
select
    s.document_id, s.title, s.type, s.state, s.standing, s.timing, s.planned_issue_on, s.number, s.issued_on,
    s.in_force_on, a.agency_code as drafting_agency, a.name as drafting_agency_name, a.short_name as drafting_agency_short_name,
    case when s.timing = 'passed' then date_diff('day', s.planned_issue_on, $as_of) end as days_late,
    coalesce(h.items, 0) as items,
    coalesce(h.alone, 0) as alone,
    coalesce(h.helps, 0) as helps,
    coalesce(h.programmes, []) as programmes,
    coalesce(h.leads, []) as leads,
    count(*) over () as total
from instrument as o
join standing as s on s.document_id = o.document_id
left join held as h on h.document_id = o.document_id
left join agency_heir($organised_on) as r on r.origin = s.drafting_agency and r.field_name is null
    and r.given_since = date '0001-01-01'
left join agency as a on a.agency_code = r.agency_code
where ($agency is null or a.agency_code = $agency)
  and case coalesce($standing, 'unissued') when 'unissued' then s.state <> 'issued' when 'all' then true
        else s.standing = $standing end
  and ($timing is null or s.timing = $timing)
  and len(list_filter($words::varchar[], lambda w: not contains(
        ' ' || replace(lower(strip_accents(s.title)), 'đ', 'd') || ' ' || lower(coalesce(s.number, '')) || ' ', w))) = 0
order by alone desc, helps desc, s.planned_issue_on nulls last, s.document_id
limit $limit offset $offset
