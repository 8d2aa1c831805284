-- The projection of some items made of their periods: what holds once everything recorded has taken effect.
insert into item_state by name
select p.item_id, p.assigned_on, p.approved_on, p.enacted_on, p.published_on, p.confirmed_on, p.left_on,
    p.original_deadline, p.current_deadline, p.given_on, p.gift, e.revision
from item_period as p
join (
    select item_id, max(revision) as revision
    from item_event
    where item_id in (select unnest($items::bigint[]))
    group by item_id
) as e on e.item_id = p.item_id
where p.valid_to = date '9999-12-31' and p.known_to = 2147483647
