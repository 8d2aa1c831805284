-- Files that nobody named in time.
delete from api_file where sent_at < $before
