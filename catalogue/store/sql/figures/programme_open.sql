-- Items of the base that are not done, against the current deadline: all of them, or those overdue, or the rest (in_time:
-- due soon and without a deadline too); standing tasks are never due.
select
    count(*) filter (case coalesce($deadline, '')
        when 'overdue' then deadline_state = 'overdue'
        when 'in_time' then deadline_state <> 'overdue'
        else true end) as numerator,
    cast(null as bigint) as denominator
from item_at($as_of, $revision)
where programme_code = $programme and in_base and done_on is null and not is_standing
