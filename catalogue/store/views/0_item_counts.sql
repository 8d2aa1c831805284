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
