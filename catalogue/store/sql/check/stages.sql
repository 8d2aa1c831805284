-- Stages out of order: published before enacted, anything before it was assigned, a claim confirmed without an event.
select 'published before enacted' as problem, cast(item_id as varchar) as id
from item_state where published_on is not null and (enacted_on is null or published_on < enacted_on)
union all
select 'enacted before assigned', cast(s.item_id as varchar)
from item_state as s
where s.enacted_on < (select min(e.effective_date) from item_event as e
    where e.item_id = s.item_id and e.subject = 'assigned' and e.holds)
union all
select 'confirmed claim without an event', cast(c.claim_id as varchar)
from claim as c
where c.state = 'confirmed' and c.kind in ('approved', 'published', 'completed', 'extension')
  and not exists (select 1 from item_event as e where e.claim_id = c.claim_id)
union all
select 'unconfirmed claim with an event', cast(c.claim_id as varchar)
from claim as c
where c.state <> 'confirmed' and exists (select 1 from item_event as e where e.claim_id = c.claim_id)
union all
select 'claim says other than its story', cast(c.claim_id as varchar)
from claim as c
where cast(c.content as varchar) is distinct from (
    select arg_max(cast(e.content as varchar), e.event_id) from claim_event as e where e.claim_id = c.claim_id)
union all
select 'claim differs from its story', cast(c.claim_id as varchar)
from claim as c
where c.state is distinct from (
    select case arg_max(e.action, e.event_id)
        when 'draft' then 'draft' when 'edit' then 'draft' when 'recall' then 'draft' when 'submit' then 'submitted'
        when 'return' then 'returned' when 'refuse' then 'refused' when 'confirm' then 'confirmed' when 'drop' then 'dropped' end
    from claim_event as e where e.claim_id = c.claim_id)
union all
select 'item left the base without a reason', cast(e.item_id as varchar)
from item_event as e
where e.subject = 'assigned' and not e.holds and e.reason is null and e.document_id is null
order by problem, id
