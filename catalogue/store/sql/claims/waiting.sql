-- Of every programme how many claims wait for a decision, and since when the oldest of them does.
with waiting as (
    select i.programme_code, count(*) as claims, min(c.submitted_at) as oldest_at
    from claim as c
    join item as i on i.item_id = c.item_id
    where c.state = 'submitted'
    group by i.programme_code
)
select p.programme_code, coalesce(w.claims, 0) as claims, w.oldest_at
from programme as p
left join waiting as w on w.programme_code = p.programme_code
order by p.programme_code
