-- item_at(as_of, known): state of every item ever assigned, by the one reading rule: a fact holds from its
-- effective date until a later fact on the same subject; on the same date the higher revision wins.
-- A stage date is null where the stage is not reached on the day; in_base tells membership of the denominator.
create or replace macro item_at(as_of, known) as table
with stage as (
    select
        item_id,
        bool_or(subject = 'assigned' and holds) as in_base,
        max(case when subject = 'assigned' and holds then since end) as assigned_on,
        max(case when subject = 'assigned' and not holds then since end) as left_on,
        max(case when subject = 'approved' and holds then since end) as approved_on,
        max(case when subject = 'enacted' and holds then since end) as enacted_on,
        max(case when subject = 'published' and holds then since end) as published_on,
        max(case when subject = 'confirmed' and holds then since end) as confirmed_on,
        max(case when subject = 'deadline' then first_deadline end) as original_deadline,
        max(case when subject = 'deadline' then last_deadline end) as current_deadline,
        cast(coalesce(max(case when subject = 'deadline' then facts - 1 end), 0) as bigint) as extensions
    from item_fact_at(as_of, known)
    group by item_id
),
judged as (
    select
        i.item_id, i.programme_code, i.assigned_by, coalesce(i.procedure_code, m.procedure_code) as procedure_code,
        i.title, i.field_name, i.lead_agency,
        s.* exclude (item_id),
        case p.done_stage when 'confirmed' then s.confirmed_on when 'published' then s.published_on
            when 'approved' then s.approved_on else s.enacted_on end as done_on,
        coalesce(t.is_standing, false) and s.current_deadline is null as is_standing
    from stage as s
    join item as i on i.item_id = s.item_id
    join programme as p on p.programme_code = i.programme_code
    left join item_match_at(known) as m on m.item_id = i.item_id
    left join directive as t on t.item_id = i.item_id
)
-- A standing task is never due. The four states of Decision 42/2014/QĐ-TTg, against the current deadline, plus "due soon" (30 days).
select
    *,
    case
        when is_standing then 'standing'
        when done_on is not null and (current_deadline is null or done_on <= current_deadline) then 'done_in_time'
        when done_on is not null then 'done_late'
        when current_deadline is null then 'no_deadline'
        when current_deadline < as_of then 'overdue'
        when current_deadline <= as_of + 30 then 'due_soon'
        else 'in_time'
    end as deadline_state,
    -- The same against the original deadline: an extension never rewrites history.
    case
        when is_standing then 'standing'
        when done_on is not null and (original_deadline is null or done_on <= original_deadline) then 'done_in_time'
        when done_on is not null then 'done_late'
        when original_deadline is null then 'no_deadline'
        when original_deadline < as_of then 'overdue'
        when original_deadline <= as_of + 30 then 'due_soon'
        else 'in_time'
    end as original_deadline_state
from judged;
