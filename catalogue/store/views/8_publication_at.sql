-- publication_check_at(as_of, known): every limit that the law sets for each publication decision, as kept.
-- The rule is catalogue/model/timeliness.py; lists need it for thousands of decisions at once, tests hold both equal.
create or replace macro publication_check_at(as_of, known) as table
with decision as (
    select d.document_id, d.issued_on, coalesce(a.kind, 'other') as issuer_kind
    from document_at(as_of, known) as d
    left join agency as a on a.agency_code = d.issuer_code
    where d.state = 'issued'
      and d.document_id in (select l.document_id from publication_line as l where l.revision <= known)
),
recorded as (
    select document_id, milestone, arg_max(happened_on, revision) as happened_on
    from publication_day
    where revision <= known
    group by document_id, milestone
),
counted as (
    select d.document_id, d.issuer_kind, d.issued_on, 'signed' as milestone, e.in_force_on as counted_from,
        d.issued_on as actual_on
    from decision as d
    left join publication_basis as b on b.document_id = d.document_id and b.revision <= known
    left join document_at(as_of, known) as e on e.document_id = b.basis_id
    union all
    select d.document_id, d.issuer_kind, d.issued_on, m.milestone, d.issued_on,
        case when r.happened_on <= as_of then r.happened_on end
    from decision as d
    cross join (values ('entered'), ('posted')) as m(milestone)
    left join recorded as r on r.document_id = d.document_id and r.milestone = m.milestone
),
due as (
    select c.document_id, c.milestone, c.actual_on,
        case when c.milestone = 'signed' then f.place - f.is_working::integer + 1 - l.days else f.place + l.days end as place
    from counted as c
    left join publication_limit as l
        on l.milestone = c.milestone and l.issuer_kind = c.issuer_kind and c.issued_on between l.valid_from and l.valid_until
    left join working_day as f on f.day = c.counted_from
)
select u.document_id, u.milestone, t.day as limit_on, u.actual_on,
    case when t.day is null or a.day is null then null when u.actual_on <= t.day then 0
        else greatest(1, a.place - t.place) end as days_late
from due as u
left join working_day as t on t.place = u.place and t.is_working
left join working_day as a on a.day = u.actual_on;

-- publication_timeliness_at(as_of, known): one word for each decision. Late by the worst limit, in time only where
-- everything is known.
create or replace macro publication_timeliness_at(as_of, known) as table
select document_id,
    case when max(days_late) > 0 then 'late' when count(*) = count(days_late) then 'in_time' else 'unknown' end as timeliness,
    case when max(days_late) > 0 then max(days_late) end as days_late
from publication_check_at(as_of, known)
group by document_id;
