-- What was reported of some items and still stands, each with how many files it brings.
select
    c.claim_id, c.item_id, c.document_id, c.kind, c.state, cast(c.content as varchar) as content, c.comment, c.revision,
    (select count(*) from evidence as e
     where e.claim_id = c.claim_id and e.evidence_id not in (select evidence_id from evidence_removal)) as files
from claim as c
where c.item_id in (select unnest($items::bigint[])) and c.state not in ('dropped', 'refused')
order by c.claim_id
