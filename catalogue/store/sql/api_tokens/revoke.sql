update api_token set revoked_at = $now, revoked_by = $revoked_by
where number = $number and revoked_at is null
