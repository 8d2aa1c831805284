-- Publication decisions signed in a period, newest first, with their lines by action; one page with the number of all.
-- $gifts: the keys of what the issuers were given; `unknown` for issuers that are none of ours.
-- $action: 'changing' (at least one amended, replaced or abolished line: the published count), one action, or null for all.
with line as (
    select document_id,
        count(*) as lines,
        count(*) filter (action = 'new') as new,
        count(*) filter (action = 'amended') as amended,
        count(*) filter (action = 'replaced') as replaced,
        count(*) filter (action = 'abolished') as abolished
    from publication_line
    where revision <= $revision
    group by document_id
)
select
    d.document_id, d.number, d.issued_on, d.in_force_on, coalesce(p.title, d.title) as title,
    d.issuer_code as agency_code, coalesce(a.name, d.issuer_code) as agency_name, g.gift,
    l.lines, l.new, l.amended, l.replaced, l.abolished,
    t.timeliness, t.days_late, count(*) over () as total
from document_at($as_of, $revision) as d
join line as l on l.document_id = d.document_id
join publication_timeliness_at($as_of, $revision) as t on t.document_id = d.document_id
join publication_gift_at($as_of, $revision) as g on g.document_id = d.document_id
left join publication as p on p.document_id = d.document_id and p.revision <= $revision
left join agency as a on a.agency_code = d.issuer_code
where d.state = 'issued' and d.issued_on between $since and $as_of
  and ($gifts::varchar[] is null or coalesce(g.gift, 'unknown') in (select unnest($gifts::varchar[])))
  and ($timeliness is null or t.timeliness = $timeliness)
  and case coalesce($action, '')
        when 'changing' then l.amended + l.replaced + l.abolished > 0
        when 'new' then l.new > 0
        when 'amended' then l.amended > 0
        when 'replaced' then l.replaced > 0
        when 'abolished' then l.abolished > 0
        else true end
order by d.issued_on desc, d.document_id desc
limit $limit offset $offset
