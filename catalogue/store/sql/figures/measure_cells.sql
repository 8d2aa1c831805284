-- Items of the base of a programme above and below the line of a rate, by the agency that answers and by measure type: an
-- item of several measures counts with each. Standing tasks are in no rate.
with promised as (
    select distinct item_id, measure_type from item_measure_at($as_of, $revision)
),
given as (
    select i.gift, m.measure_type,
        count(*) filter (item_counts($above, i.approved_on, i.published_on, i.done_on, i.deadline_state)) as numerator,
        count(*) filter (item_counts($below, i.approved_on, i.published_on, i.done_on, i.deadline_state)) as denominator
    from promised as m
    join item_period_at($as_of, $revision) as i on i.item_id = m.item_id
    where i.programme_code = $programme and i.in_base and not i.is_standing
    group by i.gift, m.measure_type
),
answering as (
    select gift_agency(g.gift, w.agency_code) as agency_code, g.measure_type,
        cast(sum(g.numerator) as bigint) as numerator, cast(sum(g.denominator) as bigint) as denominator
    from given as g
    left join gift_answering($organised_on) as w on w.gift = g.gift
    group by all
)
select c.agency_code, a.name as agency_name, a.short_name as agency_short_name, c.measure_type, t.name_vi, t.name_en,
    c.numerator, c.denominator
from answering as c
join agency as a on a.agency_code = c.agency_code
join measure_type as t on t.measure_type = c.measure_type
order by c.agency_code, t.position
