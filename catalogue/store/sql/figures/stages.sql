-- Every stage of a programme on one base, and the deadline states of the base; standing tasks are never due.
select
    count(*) as assigned,
    count(approved_on) as approved,
    count(enacted_on) as enacted,
    count(published_on) as published,
    count(confirmed_on) as confirmed,
    count(done_on) as done,
    count(*) filter (deadline_state = 'done_late') as done_late,
    count(*) filter (deadline_state = 'overdue') as overdue,
    count(*) filter (deadline_state = 'due_soon') as due_soon,
    count(*) filter (deadline_state = 'in_time') as in_time,
    count(*) filter (deadline_state = 'no_deadline') as no_deadline,
    count(*) filter (deadline_state = 'standing') as standing,
    count(*) filter (done_on is null and original_deadline < $as_of) as past_original
from item_period_at($as_of, $revision)
where programme_code = $programme and in_base
