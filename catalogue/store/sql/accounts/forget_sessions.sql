-- Sessions past their absolute life say nothing any more.
delete from session where created_at < $created_before
