-- Since when items are done, by the stages that the reference data counts as done now.
update item_period
set done_on = item_done_on(
    p.done_stage, item_period.approved_on, item_period.enacted_on, item_period.published_on, item_period.confirmed_on)
from programme as p
where p.programme_code = item_period.programme_code
  and item_period.done_on is distinct from item_done_on(
    p.done_stage, item_period.approved_on, item_period.enacted_on, item_period.published_on, item_period.confirmed_on)
