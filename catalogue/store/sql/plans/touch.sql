-- Somebody changes a plan that they have seen in this state; no row where it has changed since, or is decided.
update plan_batch set edits = edits + 1 where batch_id = $batch_id and edits = $edits and state = 'staged'
