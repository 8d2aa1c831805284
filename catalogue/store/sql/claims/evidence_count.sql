select count(*) as files from evidence where claim_id = $claim_id
