-- How long the provinces' decisions of a period followed the ministries' ones that they mirror: by the province that
-- answers on $organised_on, and in all.
-- A decision that mirrors several counts from the last of them.
with heir as (
    select gift_key(origin, field_name, given_since) as gift, agency_code from agency_heir($organised_on)
),
mirrored as (
    select m.document_id, max(d.issued_on) as source_on
    from publication_mirror as m
    join document_at($as_of, $revision) as d on d.document_id = m.mirrored_id
    where m.revision <= $revision
    group by m.document_id
),
followed as (
    select coalesce(h.agency_code, p.issuer_code) as issuer_code, p.document_id, p.issued_on - m.source_on as days, e.place - s.place as working_days
    from document_at($as_of, $revision) as p
    join mirrored as m on m.document_id = p.document_id
    join publication_gift_at($as_of, $revision) as g on g.document_id = p.document_id
    left join heir as h on h.gift = g.gift
    left join working_day as s on s.day = m.source_on
    left join working_day as e on e.day = p.issued_on
    where p.state = 'issued' and p.issued_on between $since and $as_of
)
select f.issuer_code as agency, case when grouping(f.issuer_code) = 0 then coalesce(any_value(a.name), f.issuer_code) end as agency_name,
    grouping(f.issuer_code) = 1 as is_total, count(*) as decisions,
    median(f.days) as median_days, median(f.working_days) as median_working_days,
    max(f.days) as longest_days, arg_max(f.document_id, row(f.days, f.document_id)) as longest_id
from followed as f
left join agency as a on a.agency_code = f.issuer_code
group by grouping sets ((f.issuer_code), ())
order by is_total desc, median_days desc, agency
