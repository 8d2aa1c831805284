-- Short numbers, for people to type; safe under the write lock.
select coalesce(max(batch_id), 0) + 1 as batch_id from batch
