-- What changed after $since up to $as_of: by kind and agency, with the number of items.
select c.change, w.agency_code, a.short_name as agency_name, count(*) as items
from item_change($as_of, $revision, $since, $since_end) as c
join item as i on i.item_id = c.item_id
join item_answering($organised_on) as w on w.item_id = c.item_id
join agency as a on a.agency_code = w.agency_code
where i.programme_code = $programme
group by c.change, w.agency_code, a.short_name
order by items desc, c.change, agency_code
