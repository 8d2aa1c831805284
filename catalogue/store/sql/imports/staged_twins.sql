-- Batches of the same bytes that still wait.
select batch_id from batch where source = $source and sha256 = $sha256 and state = 'staged'
