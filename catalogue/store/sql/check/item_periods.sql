-- Items whose kept state on a day, as known at a revision, differs from the replay of their facts.
select 'kept state differs from the ledger' as problem, cast(coalesce(r.item_id, p.item_id) as varchar) as id
from item_recorded_at($as_of, $revision) as r
full join (
    select * from item_period
    where valid_from <= $as_of and valid_to > $as_of and known_from <= $revision and known_to > least($revision, 2147483646)
) as p on p.item_id = r.item_id
where p.item_id is null or r.item_id is null
   or row(r.in_base, r.assigned_on, r.left_on, r.approved_on, r.enacted_on, r.published_on, r.confirmed_on, r.original_deadline,
        r.current_deadline, r.extensions)
      is distinct from
      row(p.in_base, p.assigned_on, p.left_on, p.approved_on, p.enacted_on, p.published_on, p.confirmed_on, p.original_deadline,
        p.current_deadline, p.extensions)
union all
select 'kept state twice', cast(item_id as varchar)
from item_period
where valid_from <= $as_of and valid_to > $as_of and known_from <= $revision and known_to > least($revision, 2147483646)
group by item_id
having count(*) > 1
union all
select 'kept state under another gift', cast(p.item_id as varchar)
from item_period as p
join item_state as s on s.item_id = p.item_id
where p.gift is distinct from s.gift
order by id
