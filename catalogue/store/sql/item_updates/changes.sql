-- What other people than one did about some items after a revision: to the item itself (kind is null) or to a claim.
with touched as (
    select item_id, cast(null as varchar) as kind, cast(null as bigint) as document_id, revision from item_event
    union all
    select item_id, null, null, revision from item_adjustment
    union all
    select item_id, null, null, revision from item_instrument
    union all
    select c.item_id, c.kind, c.document_id, e.revision
    from claim_event as e
    join claim as c on c.claim_id = e.claim_id
)
select distinct t.item_id, t.kind, t.document_id, t.revision, r.recorded_at, a.full_name as actor_name
from touched as t
join revision as r on r.revision = t.revision
left join actor as a on a.actor_id = r.actor_id
where t.item_id in (select unnest($items::bigint[])) and t.revision > $seen and r.actor_id is distinct from $actor_id
order by t.revision, t.item_id, t.kind nulls first, t.document_id nulls first
