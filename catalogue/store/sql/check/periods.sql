-- Periods whose frozen figures are not what the ledger says at the revision of their closing, and facts that name no period.
-- Compared are the stages, by programme: who answers for an item, and which stage counts as done, stands in reference data
-- that people edit; the deadline states must add up to the base.
with frozen as (
    select f.period_id, f.programme_code, f.measure, sum(f.value) as value
    from period_figure as f
    where f.measure in ('assigned', 'approved', 'enacted', 'published', 'confirmed')
    group by f.period_id, f.programme_code, f.measure
),
fact as (
    select c.period_id, i.programme_code, e.item_id, e.subject, e.holds, row(e.effective_date, e.event_id) as place
    from period_closing as c
    join reporting_period as p on p.period_id = c.period_id
    join item_event as e on e.revision <= c.revision and e.effective_date <= p.ends_on and e.subject <> 'deadline'
    join item as i on i.item_id = e.item_id
),
holding as (
    select period_id, programme_code, item_id, subject
    from fact
    group by period_id, programme_code, item_id, subject
    having arg_max(holds, place)
),
replayed as (
    select h.period_id, h.programme_code, h.subject as measure, count(*) as value
    from holding as h
    join holding as b on b.period_id = h.period_id and b.item_id = h.item_id and b.subject = 'assigned'
    group by h.period_id, h.programme_code, h.subject
)
select 'frozen figure is not that of the ledger' as problem,
    coalesce(p.name, '?') || ' ' || coalesce(f.programme_code, r.programme_code) || ' ' || coalesce(f.measure, r.measure) as id
from frozen as f
full join replayed as r on r.period_id = f.period_id and r.programme_code = f.programme_code and r.measure = f.measure
left join reporting_period as p on p.period_id = coalesce(f.period_id, r.period_id)
where coalesce(f.value, 0) <> coalesce(r.value, 0)
union all
select 'frozen deadline states do not add up to the base', cast(period_id as varchar) || ' ' || programme_code || ' ' || agency_code
from period_figure
group by period_id, programme_code, agency_code
having sum(case when measure in ('done_in_time', 'done_late', 'overdue', 'due_soon', 'in_time', 'no_deadline', 'standing') then value else 0 end)
    <> sum(case when measure = 'assigned' then value else 0 end)
union all
select 'figure of a period that was not closed with it', cast(f.period_id as varchar)
from period_figure as f
left join period_closing as c on c.period_id = f.period_id and c.revision = f.revision
where c.period_id is null
group by f.period_id
union all
select 'closing of no period', cast(c.period_id as varchar)
from period_closing as c left join reporting_period as p on p.period_id = c.period_id where p.period_id is null
union all
select 'return for no period', cast(t.return_id as varchar)
from period_return as t left join reporting_period as p on p.period_id = t.period_id where p.period_id is null
union all
select 'file of no return', cast(f.file_id as varchar)
from period_return_file as f left join period_return as t on t.return_id = f.return_id where t.return_id is null
union all
select 'file of a return without content', cast(f.file_id as varchar)
from period_return_file as f left join evidence_content as c on c.sha256 = f.sha256 where c.sha256 is null
order by problem, id
