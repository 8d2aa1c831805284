-- Deadlines moved and extensions refused, in items, as recorded after one revision up to another.
with moved as (
    select item_id, revision, row_number() over (partition by item_id order by effective_date, event_id) as place
    from item_event
    where subject = 'deadline' and revision <= $revision
),
decided as (
    select item_id, 'granted' as decision from moved where place > 1 and revision > $since_revision
    union all
    select c.item_id, 'refused'
    from claim_event as e
    join claim as c on c.claim_id = e.claim_id
    where e.action = 'refuse' and e.revision > $since_revision and e.revision <= $revision
)
select
    w.agency_code,
    count(distinct d.item_id) filter (d.decision = 'granted') as granted,
    count(distinct d.item_id) filter (d.decision = 'refused') as refused
from decided as d
join item as i on i.item_id = d.item_id
join item_answering($as_of) as w on w.item_id = d.item_id
where i.programme_code = $programme
group by w.agency_code
order by w.agency_code
