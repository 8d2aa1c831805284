-- agency_heir(day): who answers on a day for what an agency was given, by the succession in the reference data: the
-- successor of the field where one is named, else that of the whole agency; step by step where there were several.
-- Exactly one row for each agency, field that a succession names (null: every other field) and period of the gift: what was
-- given after a field had left stays where it was given, unless that agency is no more.
create or replace macro agency_walk(day) as table
with recursive period as (
    select since, lead(since, 1, date '9999-12-31') over (order by since) as until
    from (select date '0001-01-01' as since union select distinct effective_date from agency_succession)
),
field as (
    select distinct lower(field_name) as field_name from agency_succession where field_name is not null
    union all
    select null
),
step as (
    select a.agency_code as origin, f.field_name, p.since as given_since, p.until as given_until,
        a.agency_code, date '0001-01-01' as since, 0 as steps
    from agency as a cross join field as f cross join period as p
    union all
    (
        select s.origin, s.field_name, s.given_since, s.given_until, n.to_code, n.effective_date, s.steps + 1
        from step as s
        join agency as a on a.agency_code = s.agency_code
        join agency_succession as n on n.from_code = s.agency_code
            and n.effective_date > s.since and n.effective_date <= day
            and (n.field_name is null or lower(n.field_name) = s.field_name)
            and (n.effective_date > s.given_since or a.valid_until < s.given_since)
        qualify row_number() over (
            partition by s.origin, s.field_name, s.given_since order by n.effective_date, n.field_name nulls last) = 1
    )
)
select origin, field_name, given_since, given_until, arg_max(agency_code, steps) as agency_code
from step
group by origin, field_name, given_since, given_until;

create or replace macro agency_heir(day) as table
select origin, field_name, given_since, given_until, agency_code
from gift_holder
where held_from <= day and held_until > least(day, date '9999-12-30');
