-- What names some items: title, code, and the agency that answers for each in the organisation of a day.
select cast(i.item_id as varchar) as member, i.title as name, coalesce(i.procedure_code, m.procedure_code) as code,
    w.agency_code, a.short_name as agency
from item as i
left join item_match_at($revision) as m on m.item_id = i.item_id
join item_answering($organised_on) as w on w.item_id = i.item_id
join agency as a on a.agency_code = w.agency_code
where i.item_id in (select cast(unnest($members::varchar[]) as bigint))
