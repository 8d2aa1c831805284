select is_demo, working_date, reference_fingerprint, created_at from installation where id = 1
