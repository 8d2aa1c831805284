-- The states of some items by the days on which they hold and the revisions that know them so, replayed from their facts by
-- the reading rule of item_fact_at: for each revision that says something of an item, every day on which it then turns.
insert into item_period by name
with fact as (
    select item_id, subject, holds, deadline, effective_date, event_id, revision
    from item_event
    where item_id in (select unnest($items::bigint[]))
),
known as (
    select item_id, revision as known_from,
        lead(revision, 1, 2147483647) over by_revision as known_to,
        row_number() over by_revision as place,
        min(given_on) over by_revision as given_on
    from (
        select item_id, revision, min(effective_date) filter (subject = 'assigned' and holds) as given_on
        from fact
        group by item_id, revision
    )
    window by_revision as (partition by item_id order by revision)
),
said as (                               -- what was recorded last for each day, by each revision
    select k.item_id, k.known_from, f.subject, f.effective_date as day,
        arg_max(f.holds, f.event_id) as holds,
        arg_min(f.deadline, f.event_id) as first_deadline,
        arg_max(f.deadline, f.event_id) as last_deadline,
        count(*) as facts
    from known as k
    join fact as f on f.item_id = k.item_id and f.revision <= k.known_from
    group by k.item_id, k.known_from, f.subject, f.effective_date
),
turned as (
    select *, holds is distinct from lag(holds) over subject_by_day as is_turn,
        first_value(first_deadline) over subject_by_day as original_deadline,
        cast(sum(facts) over subject_by_day as bigint) - 1 as extensions
    from said
    window subject_by_day as (partition by item_id, known_from, subject order by day)
),
since as (                              -- from which day on it has held, or not held, without a break
    select *, max(case when is_turn then day end) over (partition by item_id, known_from, subject order by day) as since
    from turned
),
day as (                                -- the subjects of a day side by side; 9999-12-31: it does not hold
    select item_id, known_from, day,
        max(case when subject = 'assigned' then if(holds, since, date '9999-12-31') end) as assigned_on,
        max(case when subject = 'assigned' then if(holds, date '9999-12-31', since) end) as left_on,
        max(case when subject = 'approved' then if(holds, since, date '9999-12-31') end) as approved_on,
        max(case when subject = 'enacted' then if(holds, since, date '9999-12-31') end) as enacted_on,
        max(case when subject = 'published' then if(holds, since, date '9999-12-31') end) as published_on,
        max(case when subject = 'confirmed' then if(holds, since, date '9999-12-31') end) as confirmed_on,
        max(case when subject = 'deadline' then original_deadline end) as original_deadline,
        max(case when subject = 'deadline' then last_deadline end) as current_deadline,
        max(case when subject = 'deadline' then extensions end) as extensions
    from since
    group by item_id, known_from, day
),
state as (
    select item_id, known_from, day as valid_from,
        lead(day, 1, date '9999-12-31') over by_day as valid_to,
        nullif(last_value(assigned_on ignore nulls) over by_day, date '9999-12-31') as assigned_on,
        nullif(last_value(left_on ignore nulls) over by_day, date '9999-12-31') as left_on,
        nullif(last_value(approved_on ignore nulls) over by_day, date '9999-12-31') as approved_on,
        nullif(last_value(enacted_on ignore nulls) over by_day, date '9999-12-31') as enacted_on,
        nullif(last_value(published_on ignore nulls) over by_day, date '9999-12-31') as published_on,
        nullif(last_value(confirmed_on ignore nulls) over by_day, date '9999-12-31') as confirmed_on,
        last_value(original_deadline ignore nulls) over by_day as original_deadline,
        last_value(current_deadline ignore nulls) over by_day as current_deadline,
        coalesce(last_value(extensions ignore nulls) over by_day, 0) as extensions
    from day
    window by_day as (partition by item_id, known_from order by day)
),
run as (                                -- the same state over the same days, known without a break
    select s.*, k.known_to, k.given_on,
        k.place - row_number() over (
            partition by s.item_id, s.valid_from, s.valid_to, s.assigned_on, s.left_on, s.approved_on, s.enacted_on,
                s.published_on, s.confirmed_on, s.original_deadline, s.current_deadline, s.extensions, k.given_on
            order by k.place) as run
    from state as s
    join known as k on k.item_id = s.item_id and k.known_from = s.known_from
),
kept as (
    select * exclude (known_from, known_to), min(known_from) as known_from, max(known_to) as known_to
    from run
    group by all
)
select k.* exclude (run), k.assigned_on is not null as in_base, i.programme_code, i.assigned_by, i.field_name,
    gift_key(i.lead_agency, i.field_name, k.given_on) as gift,
    item_done_on(p.done_stage, k.approved_on, k.enacted_on, k.published_on, k.confirmed_on) as done_on,
    coalesce(t.is_standing, false) as is_standing
from kept as k
join item as i on i.item_id = k.item_id
join programme as p on p.programme_code = i.programme_code
left join directive as t on t.item_id = k.item_id
-- so that a figure reads the row groups of its programme only, and of those the ones that are known at its moment
order by i.programme_code, k.known_to, k.valid_to
