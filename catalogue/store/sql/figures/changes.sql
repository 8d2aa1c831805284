-- What changed after $since up to $as_of: by kind and agency, with the number of items.
with first_fact as (
    select item_id, subject, min(row(effective_date, event_id)) as first_of
    from item_event
    where subject = 'deadline'
    group by item_id, subject
),
event as (
    select e.item_id, e.subject, e.holds, e.effective_date, e.event_id, i.lead_agency,
        r.recorded_at < $since_end as was_known
    from item_event as e
    join item as i on i.item_id = e.item_id
    join revision as r on r.revision = e.revision
    where i.programme_code = $programme and e.effective_date <= $as_of and e.revision <= $revision
),
named as (
    select e.item_id, e.lead_agency,
        case
            when e.subject = 'enacted' and e.holds and e.effective_date > $since then 'done'
            when e.subject = 'enacted' and e.holds and not e.was_known then 'late_report'
            when e.subject = 'enacted' and not e.holds and e.effective_date > $since then 'reopened'
            when e.subject = 'published' and e.holds and (e.effective_date > $since or not e.was_known) then 'published'
            when e.subject = 'assigned' and not e.holds and e.effective_date > $since then 'withdrawn'
            when e.subject = 'assigned' and e.holds and e.effective_date > $since then 'added'
            when e.subject = 'deadline' and f.first_of <> row(e.effective_date, e.event_id)
                and (e.effective_date > $since or not e.was_known) then 'extended'
        end as change
    from event as e
    left join first_fact as f on f.item_id = e.item_id and f.subject = e.subject
)
select n.change, n.lead_agency as agency_code, a.short_name as agency_name, count(distinct n.item_id) as items
from named as n
join agency as a on a.agency_code = n.lead_agency
where n.change is not null
group by n.change, n.lead_agency, a.short_name
order by items desc, n.change, agency_code
