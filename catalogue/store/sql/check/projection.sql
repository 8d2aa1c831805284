-- Items whose projection differs from the replay of their facts.
select 'projection differs from the ledger' as problem, cast(coalesce(r.item_id, s.item_id) as varchar) as id
from v_item_recorded as r
full join item_state as s on s.item_id = r.item_id
where s.item_id is null or r.item_id is null
   or row(r.assigned_on, r.approved_on, r.enacted_on, r.published_on, r.confirmed_on, r.left_on, r.original_deadline, r.current_deadline, r.given_on, r.gift)
      is distinct from
      row(s.assigned_on, s.approved_on, s.enacted_on, s.published_on, s.confirmed_on, s.left_on, s.original_deadline, s.current_deadline, s.given_on, s.gift)
order by id
