-- item_answering(day): which agency answers on a day for each item, by the succession in the reference data: the
-- successor of its field where one is named, else that of the whole agency; step by step where there were several.
create or replace macro item_answering(day) as table
with recursive step as (
    select item_id, lead_agency as agency_code, lower(field_name) as field_name, date '0001-01-01' as since, 0 as steps
    from item
    union all
    (
        select s.item_id, n.to_code, s.field_name, n.effective_date, s.steps + 1
        from step as s
        join agency_succession as n on n.from_code = s.agency_code
            and n.effective_date > s.since and n.effective_date <= day
            and (n.field_name is null or lower(n.field_name) = s.field_name)
        qualify row_number() over (partition by s.item_id order by n.effective_date, n.field_name nulls last) = 1
    )
)
select item_id, arg_max(agency_code, steps) as agency_code
from step
group by item_id;
