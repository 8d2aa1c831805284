-- Items whose kept state on a day, as known at a revision, differs from the replay of their facts.
with given as (
    select item_id, min(effective_date) as given_on
    from item_event
    where subject = 'assigned' and holds and revision <= $revision
    group by item_id
),
replayed as (
    select r.*, i.programme_code, i.assigned_by, i.field_name, g.given_on,
        gift_key(i.lead_agency, i.field_name, g.given_on) as gift, coalesce(t.is_standing, false) as is_standing,
        item_done_on(p.done_stage, r.approved_on, r.enacted_on, r.published_on, r.confirmed_on) as done_on
    from item_recorded_at($as_of, $revision) as r
    join item as i on i.item_id = r.item_id
    join programme as p on p.programme_code = i.programme_code
    left join given as g on g.item_id = r.item_id
    left join directive as t on t.item_id = r.item_id
),
kept as (
    select *
    from item_period
    where valid_from <= $as_of and valid_to > $as_of and known_from <= $revision and known_to > least($revision, 2147483646)
)
select 'kept state differs from the ledger' as problem, cast(coalesce(r.item_id, p.item_id) as varchar) as id
from replayed as r
full join kept as p on p.item_id = r.item_id
where p.item_id is null or r.item_id is null
   or row(r.in_base, r.assigned_on, r.left_on, r.approved_on, r.enacted_on, r.published_on, r.confirmed_on, r.original_deadline,
        r.current_deadline, r.extensions, r.is_standing, r.programme_code, r.assigned_by, r.field_name, r.given_on, r.gift, r.done_on)
      is distinct from
      row(p.in_base, p.assigned_on, p.left_on, p.approved_on, p.enacted_on, p.published_on, p.confirmed_on, p.original_deadline,
        p.current_deadline, p.extensions, p.is_standing, p.programme_code, p.assigned_by, p.field_name, p.given_on, p.gift, p.done_on)
union all
select 'kept state twice', cast(item_id as varchar)
from kept
group by item_id
having count(*) > 1
order by id
