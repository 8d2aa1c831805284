-- What a list of items to take away says beside items/list: whose it was at first, the words of tasks, from whom to whom,
-- the measures and documents.
with needed as (
    select n.item_id, list(l.title order by l.document_id) as instruments,
        list(l.title order by l.document_id) filter (l.state <> 'issued') as awaited
    from item_instrument_at($as_of, $revision) as n
    join document_at($as_of, $revision) as l on l.document_id = n.document_id
    group by n.item_id
),
promised as (
    select item_id,
        list({'type': measure_type, 'before': before_text, 'after': after_text} order by position) as measures,
        string_agg(distinct explanation, '; ') as explanation
    from item_measure_at($as_of, $revision)
    group by item_id
),
helping as (
    select item_id, list(agency_code order by agency_code) as cooperating
    from item_agency
    group by item_id
)
select i.item_id, i.lead_agency as assigned_agency, t.task, coalesce(t.is_standing, false) as is_standing,
    n.instruments, n.awaited, p.measures, p.explanation, h.cooperating,
    w.form, w.from_level, w.from_agency, w.from_body, w.to_level, w.to_agency, w.to_body,
    w.first_form, w.first_from_level, w.first_from_agency, w.first_from_body,
    w.first_to_level, w.first_to_agency, w.first_to_body
from item as i
left join directive as t on t.item_id = i.item_id
left join needed as n on n.item_id = i.item_id
left join promised as p on p.item_id = i.item_id
left join helping as h on h.item_id = i.item_id
left join item_transfer_at($as_of, $revision) as w on w.item_id = i.item_id
where i.programme_code = $programme
order by i.item_id
