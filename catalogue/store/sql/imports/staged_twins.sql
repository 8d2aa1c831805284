-- Batches of the same bytes that one person staged and that still wait.
select batch_id from batch
where source = $source and sha256 = $sha256 and state = 'staged' and staged_by is not distinct from $staged_by
order by batch_id
