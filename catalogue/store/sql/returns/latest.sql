-- The last return of each agency that owes one for a period, or has sent one: expected is which agency leads an
-- item of any base that is ever due: nobody reports standing tasks by the month, and a group of agencies sends nothing.
with expected as (
    select a.agency_code, count(*) as items
    from item_at($as_of, $base_revision) as i
    join item_answering($as_of) as a on a.item_id = i.item_id
    join agency as g on g.agency_code = a.agency_code and g.kind <> 'group'
    where i.in_base and not i.is_standing
    group by a.agency_code
),
sent as (
    select return_id, agency_code, kind, number, issued_on, sent_on, note, revision,
        min(sent_on) over (partition by agency_code) as first_sent_on,
        count(*) over (partition by agency_code) as versions
    from period_return
    where period_id = $period_id and revision <= $revision and sent_on <= $day
    qualify row_number() over (partition by agency_code order by return_id desc) = 1
)
select
    a.agency_code, coalesce(e.items, 0) as items, s.return_id, s.kind, s.number, s.issued_on, s.sent_on, s.first_sent_on, s.note, coalesce(s.versions, 0) as versions,
    r.recorded_at
from expected as e
full join sent as s on s.agency_code = e.agency_code
join agency as a on a.agency_code = coalesce(e.agency_code, s.agency_code)
left join revision as r on r.revision = s.revision
order by a.name, a.agency_code
