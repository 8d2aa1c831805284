-- Items of the base by the agency that answers for them and the one that was given them, where any of the former's came from
-- another agency: what each took over, beside its own.
with given as (
    select gift, count(*) as base, count(done_on) as done
    from item_period_at($as_of, $revision)
    where programme_code = $programme and in_base
    group by gift
),
part as (
    select gift_agency(g.gift, w.agency_code) as agency_code, split_part(g.gift, '|', 1) as assigned_agency,
        cast(sum(g.base) as bigint) as base, cast(sum(g.done) as bigint) as done
    from given as g
    left join gift_answering($organised_on) as w on w.gift = g.gift
    group by all
)
select p.agency_code, a.name as agency_name, p.assigned_agency, g.name as assigned_name, p.base, p.done
from part as p
join agency as a on a.agency_code = p.agency_code
join agency as g on g.agency_code = p.assigned_agency
where p.agency_code in (select agency_code from part where assigned_agency <> agency_code)
order by p.agency_code, p.assigned_agency <> p.agency_code, p.base desc, p.assigned_agency
