-- The place of an agency among its like in every period in which it has a whole total; equal values share a place.
with total as (
    select indicator_code, group_code, period_kind, period_end, agency_code, value
    from indicator_at($as_of, $revision)
    where subject = 'agency' and component is null and value is not null and out_of is null
),
placed as (
    select *,
        rank() over (partition by indicator_code, group_code, period_kind, period_end order by value desc) as highest_first,
        rank() over (partition by indicator_code, group_code, period_kind, period_end order by value) as lowest_first,
        count(*) over (partition by indicator_code, group_code, period_kind, period_end) as among
    from total
)
select indicator_code, group_code, period_kind, period_end, highest_first, lowest_first, among
from placed
where agency_code = $agency
order by all
