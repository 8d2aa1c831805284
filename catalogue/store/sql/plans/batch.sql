-- One plan on its way, with who staged it.
select b.*, a.full_name as staged_by_name
from plan_batch as b
left join actor as a on a.actor_id = b.staged_by
where b.batch_id = $batch_id
