-- Items of a programme as they stand, filtered; one page of them with the number of all.
with needed as (
    select item_id, count(*) as needed, count(*) filter (state = 'issued') as issued
    from item_instrument_at($as_of, $revision)
    group by item_id
),
changed as (
    select item_id, max(effective_date) as last_change_on
    from item_event
    where effective_date <= $as_of and revision <= $revision
    group by item_id
)
select
    i.item_id, i.procedure_code, i.title, i.field_name, i.lead_agency,
    a.short_name as agency_name, i.in_base,
    i.assigned_on, i.approved_on, i.enacted_on, i.published_on, i.confirmed_on, i.left_on, i.done_on,
    i.original_deadline, i.current_deadline, i.extensions, i.deadline_state,
    coalesce(n.issued, 0) as instruments_issued,
    coalesce(n.needed, 0) as instruments_needed,
    c.last_change_on,
    count(*) over () as total
from item_at($as_of, $revision) as i
join agency as a on a.agency_code = i.lead_agency
left join needed as n on n.item_id = i.item_id
left join changed as c on c.item_id = i.item_id
where i.programme_code = $programme
  and case coalesce($progress, '')
        when 'done' then i.in_base and i.done_on is not null
        when 'approved' then i.in_base and i.approved_on is not null
        when 'open' then i.in_base and i.done_on is null
        when 'published' then i.in_base and i.published_on is not null
        when 'not_published' then i.in_base and i.done_on is not null and i.published_on is null
        when 'withdrawn' then not i.in_base
        else i.in_base or $change is not null end
  and ($agency is null or i.lead_agency = $agency)
  and ($deadline_state is null or i.deadline_state = $deadline_state)
  and ($assigned_by is null or i.assigned_by = $assigned_by)
  and ($field is null or i.field_name = $field)
  and ($change is null or i.item_id in (
        select item_id from item_change($as_of, $revision, $since, $since_end) where change = $change))
  and ($items::bigint[] is null or i.item_id in (select unnest($items::bigint[])))
  and (not $only_missing or n.needed - n.issued = 1)
  and ($measure_type is null or i.item_id in (select item_id from item_measure_at($as_of, $revision) where measure_type = $measure_type))
  and ($document_id is null or i.item_id in (
        select item_id from item_instrument_at($as_of, $revision) where document_id = $document_id))
  and len(list_filter($words::varchar[], lambda w: not contains(
        ' ' || replace(lower(strip_accents(i.title)), 'đ', 'd') || ' ' || coalesce(i.procedure_code, '') || ' ', ' ' || w))) = 0
order by
    case i.deadline_state when 'overdue' then 0 when 'due_soon' then 1 when 'in_time' then 2 when 'no_deadline' then 3 else 4 end,
    i.current_deadline, i.item_id
limit $limit offset $offset
