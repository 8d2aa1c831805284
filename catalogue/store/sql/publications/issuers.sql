-- Who signed the publication decisions of a period, by what they were given, with counts, in all and by how they kept the
-- limits.
with line as (
    select document_id, count(*) filter (action <> 'new') as changing,
        count(*) filter (action = $action) as asked
    from publication_line
    where revision <= $revision
    group by document_id
)
select d.issuer_code as agency_code, coalesce(a.name, d.issuer_code) as agency_name, g.gift,
    count(*) as decisions,
    count(*) filter (t.timeliness = 'in_time') as in_time,
    count(*) filter (t.timeliness = 'late') as late,
    count(*) filter (t.timeliness = 'unknown') as unknown
from document_at($as_of, $revision) as d
join line as l on l.document_id = d.document_id
join publication_timeliness_at($as_of, $revision) as t on t.document_id = d.document_id
join publication_gift_at($as_of, $revision) as g on g.document_id = d.document_id
left join agency as a on a.agency_code = d.issuer_code
where d.state = 'issued' and d.issued_on between $since and $as_of
  and case when $action is null then true when $action = 'changing' then l.changing > 0 else l.asked > 0 end
group by d.issuer_code, a.name, g.gift
order by decisions desc, d.issuer_code, g.gift
