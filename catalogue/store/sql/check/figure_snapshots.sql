-- Figures frozen here that lack their first step, were approved by who drafted them, or published without approval; steps
-- and corrections of no figure.
with told as (
    select s.snapshot_id, s.code, s.actor_id,
        min(e.event_id) filter (e.step = 'draft') as drafted,
        min(e.event_id) filter (e.step = 'approve') as approved,
        min(e.actor_id) filter (e.step = 'approve') as approver_id,
        min(e.event_id) filter (e.step = 'publish') as published
    from figure_snapshot as s
    left join figure_snapshot_event as e on e.snapshot_id = s.snapshot_id
    group by s.snapshot_id, s.code, s.actor_id
)
select 'frozen figure without its draft' as problem, code as id from told where drafted is null
union all
select 'frozen figure approved by who drafted it', code from told where approver_id = actor_id
union all
select 'frozen figure published without approval', code
from told where published is not null and coalesce(approved > published, true)
union all
select 'step of no frozen figure', cast(e.event_id as varchar)
from figure_snapshot_event as e
where e.snapshot_id not in (select snapshot_id from figure_snapshot)
union all
select 'correction of no frozen figure', code
from figure_snapshot
where corrects is not null and corrects not in (select snapshot_id from figure_snapshot)
union all
select 'frozen figure that counts what was recorded later', code
from figure_snapshot where known_revision >= revision
order by problem, id
