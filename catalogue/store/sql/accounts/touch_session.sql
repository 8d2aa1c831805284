update session set seen_at = $now
where token_sha256 = $token_sha256 and ended_at is null and seen_at < $now
