-- The last revision recorded before an instant (the next midnight after the day asked for).
select coalesce(max(revision), 0) as revision from revision where recorded_at < $before
