-- A plan is loaded, or put aside for good.
update plan_batch
set state = $state, items = $items, reason = $reason, decided_at = $decided_at, decided_by = $decided_by,
    revision = $revision
where batch_id = $batch_id
