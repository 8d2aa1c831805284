-- Who signed the publication decisions of a period, with counts.
with line as (
    select document_id, count(*) filter (action <> 'new') as changing,
        count(*) filter (action = $action) as asked
    from publication_line
    where revision <= $revision
    group by document_id
)
select coalesce(d.issuer_code, 'unknown') as value, coalesce(a.name, d.issuer_code) as label, count(*) as decisions
from document_at($as_of, $revision) as d
join line as l on l.document_id = d.document_id
left join agency as a on a.agency_code = d.issuer_code
where d.state = 'issued' and d.issued_on between $since and $as_of
  and case when $action is null then true when $action = 'changing' then l.changing > 0 else l.asked > 0 end
group by d.issuer_code, a.name
order by decisions desc, value
