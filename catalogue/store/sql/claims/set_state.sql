-- Moves a claim on; changes no row when somebody else did first.
update claim
set state = $state, content = $content, comment = $comment, submitted_at = coalesce($submitted_at, submitted_at),
    decided_at = $decided_at, decided_by = $decided_by, revision = $revision
where claim_id = $claim_id and revision = $expected
