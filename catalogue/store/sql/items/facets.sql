-- What the items of a programme can be filtered by, with counts: agency, field, resolution, measure.
select 'agency' as facet, i.lead_agency as value, a.short_name as label, count(*) as items
from item_led_at($as_of, $revision, $organised_on) as i join agency as a on a.agency_code = i.lead_agency
where i.programme_code = $programme and i.in_base
group by i.lead_agency, a.short_name
union all
select 'field', i.field_name, i.field_name, count(*)
from item_at($as_of, $revision) as i
where i.programme_code = $programme and i.in_base and i.field_name is not null
group by i.field_name
union all
select 'assigned_by', cast(i.assigned_by as varchar), coalesce(d.number, d.title), count(*)
from item_at($as_of, $revision) as i join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
where i.programme_code = $programme and i.in_base
group by i.assigned_by, coalesce(d.number, d.title)
union all
select 'measure_type', m.measure_type, t.name_vi, count(distinct m.item_id)
from item_measure_at($as_of, $revision) as m
join item_at($as_of, $revision) as i on i.item_id = m.item_id
join measure_type as t on t.measure_type = m.measure_type
where i.programme_code = $programme and i.in_base
group by m.measure_type, t.name_vi
order by facet, items desc, value
