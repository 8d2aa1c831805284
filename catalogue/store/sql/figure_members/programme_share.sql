-- The items that figures/programme_share counts.
select cast(item_id as varchar) as member,
    item_counts($above, approved_on, published_on, done_on, deadline_state) as in_numerator,
    item_counts($below, approved_on, published_on, done_on, deadline_state) as in_denominator
from item_period_at($as_of, $revision)
where programme_code = $programme and in_base and not is_standing
  and (in_numerator or in_denominator)
