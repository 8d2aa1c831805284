-- Documents not yet issued that open items of a programme need: how many each alone holds back, how many it helps. The
-- drafting agency is who answers for it in the organisation of $organised_on.
with open_item as (
    select item_id from item_at($as_of, $revision)
    where programme_code = $programme and in_base and done_on is null and not is_standing
),
missing as (
    select n.item_id, n.document_id
    from item_instrument_at($as_of, $revision) as n
    join open_item as o on o.item_id = n.item_id
    where n.state <> 'issued'
),
counted as (
    select item_id, document_id, count(*) over (partition by item_id) as missing_documents
    from missing
)
select
    d.document_id, d.title, d.type, d.state, d.planned_issue_on,
    a.agency_code as drafting_agency, a.short_name as drafting_agency_name,
    count(*) filter (c.missing_documents = 1) as alone,
    count(*) as helps
from counted as c
join document_at($as_of, $revision) as d on d.document_id = c.document_id
left join agency_heir($organised_on) as h on h.origin = d.drafting_agency and h.field_name is null
    and h.given_since = date '0001-01-01'
left join agency as a on a.agency_code = h.agency_code
group by d.document_id, d.title, d.type, d.state, d.planned_issue_on, a.agency_code, a.short_name
order by alone desc, helps desc, d.document_id
limit $limit
