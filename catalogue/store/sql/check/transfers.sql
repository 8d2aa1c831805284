-- Assignments that name no level there is, and changed ones whose giver does not stand above the taker: outside the levels
-- either may; of one level a named body may be authorised.
with level as (
    select * from (values ('ministry', 1), ('provincial', 2), ('district', 3), ('communal', 4), ('other', null)) as l (code, place)
),
said as (
    select item_id, form, from_level, to_level, to_agency, to_body, false as is_changed from decentralisation
    union all
    select item_id, form, from_level, to_level, to_agency, to_body, true from transfer_change
)
select 'transfer with an unknown level' as problem, cast(item_id as varchar) as id
from said
where from_level not in (select code from level) or to_level not in (select code from level)
union all
select 'transfer from a lower level to a higher one', cast(s.item_id as varchar)
from said as s
join level as f on f.code = s.from_level
join level as t on t.code = s.to_level
where s.is_changed and f.place >= t.place
  and not (f.place = t.place and s.form = 'uy_quyen' and (s.to_agency is not null or s.to_body is not null))
order by problem, id
