-- item_counts(state, …): whether an item of the base counts as in a state, for the two sides of a rate. 'due': done, or
-- overdue (the official base of "completed of those due"); 'base': every item; else a deadline state.
create or replace macro item_counts(state, approved_on, published_on, done_on, deadline_state) as
case state
    when 'base' then true
    when 'approved' then approved_on is not null
    when 'published' then published_on is not null
    when 'done' then done_on is not null
    when 'open' then done_on is null
    when 'open_in_time' then done_on is null and deadline_state <> 'overdue'
    when 'due' then done_on is not null or deadline_state = 'overdue'
    else deadline_state = state
end;

-- item_done_on(done_stage, …): since when an item is done, by the stage that its programme counts as done.
create or replace macro item_done_on(done_stage, approved_on, enacted_on, published_on, confirmed_on) as
case done_stage when 'confirmed' then confirmed_on when 'published' then published_on when 'approved' then approved_on
    else enacted_on end;

-- item_tally(…): a group of items by stage and deadline state, one field a state, to be unnested. What is done adds up of
-- done_in_time and done_late: standing tasks are never due, and in neither.
create or replace macro item_tally(approved_on, enacted_on, published_on, confirmed_on, done_on, deadline_state) as
struct_pack(
    base := count(*),
    approved := count(approved_on),
    enacted := count(enacted_on),
    published := count(published_on),
    confirmed := count(confirmed_on),
    done := count(done_on) filter (deadline_state <> 'standing'),
    done_in_time := count(*) filter (deadline_state = 'done_in_time'),
    done_late := count(*) filter (deadline_state = 'done_late'),
    overdue := count(*) filter (deadline_state = 'overdue'),
    due_soon := count(*) filter (deadline_state = 'due_soon'),
    in_time := count(*) filter (deadline_state = 'in_time'),
    no_deadline := count(*) filter (deadline_state = 'no_deadline'),
    standing := count(*) filter (deadline_state = 'standing')
);
