-- Moves claims on by one action; a claim that somebody else moved first stays as it is.
update claim
set state = $state, content = n.content, comment = $comment, submitted_at = coalesce($submitted_at, submitted_at),
    decided_at = $decided_at, decided_by = $decided_by, revision = $revision
from (
    select unnest($claims::bigint[]) as claim_id, unnest($expected::bigint[]) as expected,
        unnest($contents::varchar[]) as content
) as n
where claim.claim_id = n.claim_id and claim.revision = n.expected
