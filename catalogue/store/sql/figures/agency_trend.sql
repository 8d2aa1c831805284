-- The base and what is done of it at every month end since the programme began, and on the day asked for, by the agency
-- that answers on $organised_on. Standing tasks are in no rate.
with stood as (
    select gift, valid_from, valid_to, done_on
    from item_period
    where programme_code = $programme and in_base
      and valid_from <= $as_of and known_from <= $revision and known_to > least($revision, 2147483646)
      and not (is_standing and current_deadline is null)
),
month as (
    select unnest(generate_series(
        cast(date_trunc('month', (select min(valid_from) from stood)) as timestamp), cast($as_of as timestamp),
        interval 1 month)) as begins_on
),
point as (
    select least(last_day(cast(begins_on as date)), $as_of) as day from month
),
given as (
    select s.gift, p.day, count(*) as base, count(s.done_on) as done
    from point as p
    join stood as s on s.valid_from <= p.day and s.valid_to > least(p.day, date '9999-12-30')
    group by s.gift, p.day
),
answering as (
    select gift_agency(g.gift, w.agency_code) as agency_code, g.day,
        cast(sum(g.base) as bigint) as base, cast(sum(g.done) as bigint) as done
    from given as g
    left join gift_answering($organised_on) as w on w.gift = g.gift
    group by all
)
select t.agency_code, a.name as agency_name, a.short_name as agency_short_name, t.day, t.base, t.done
from answering as t
join agency as a on a.agency_code = t.agency_code
order by t.agency_code, t.day
