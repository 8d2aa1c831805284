-- Items of a programme as they stand, filtered, most urgent first.
with member as (                        -- the groups of agencies to which the agency asked for belongs on the day
    select m.group_code
    from agency_member as m
    join agency as g on g.agency_code = m.agency_code
    where $with_groups and m.agency_code = $agency
      and coalesce(g.valid_from <= $organised_on, true) and coalesce(g.valid_until >= $organised_on, true)
),
needed as (
    select item_id, count(*) as needed, count(*) filter (state = 'issued') as issued,
        count(*) filter (not is_in_force) as awaited
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
    a.short_name as agency_name, i.in_base, i.assigned_by, d.number as document_number, d.issued_on as document_date,
    d.title as document_title,
    i.assigned_on, i.approved_on, i.enacted_on, i.published_on, i.confirmed_on, i.left_on, i.done_on,
    i.original_deadline, i.current_deadline, i.extensions, i.deadline_state,
    coalesce(n.issued, 0) as instruments_issued,
    coalesce(n.needed, 0) as instruments_needed,
    c.last_change_on,
    w.from_level, w.to_level, w.to_body, h.short_name as to_agency_name, w.first_to_level,
    coalesce(w.is_overtaken, false) as is_overtaken
from item_led_at($as_of, $revision, $organised_on) as i
join agency as a on a.agency_code = i.lead_agency
left join document_at($as_of, $revision) as d on d.document_id = i.assigned_by
left join directive as t on t.item_id = i.item_id
left join needed as n on n.item_id = i.item_id
left join changed as c on c.item_id = i.item_id
left join item_transfer_at($as_of, $revision) as w on w.item_id = i.item_id
left join agency as h on h.agency_code = w.to_agency
where i.programme_code = $programme
  and case coalesce($progress, '')
        when 'done' then i.in_base and i.done_on is not null
        when 'approved' then i.in_base and i.approved_on is not null
        when 'open' then i.in_base and i.done_on is null and not i.is_standing
        when 'open_in_time' then i.in_base and i.done_on is null and not i.is_standing and i.deadline_state <> 'overdue'
        when 'due' then i.in_base and not i.is_standing and (i.done_on is not null or i.deadline_state = 'overdue')
        when 'published' then i.in_base and i.published_on is not null
        when 'not_published' then i.in_base and i.done_on is not null and i.published_on is null
        when 'withdrawn' then not i.in_base
        when '' then i.in_base or $change is not null
        else false end
  and ($agency is null or i.lead_agency = $agency or i.lead_agency in (select group_code from member))
  and ($assigned_to is null or i.assigned_agency = $assigned_to)
  and ($assigned_by is null or i.assigned_by = $assigned_by)
  and ($field is null or i.field_name = $field)
  and ($change is null or i.item_id in (
        select item_id from item_change($as_of, $revision, $since, $since_end) where change = $change))
  and ($items::bigint[] is null or i.item_id in (select unnest($items::bigint[])))
  and (not $only_missing or n.needed - n.issued = 1)
  and (not $without_document or coalesce(n.awaited, 0) = 0)
  and ($from_level is null or coalesce(w.from_level, 'unknown') = $from_level)
  and ($to_level is null or coalesce(w.to_level, 'unknown') = $to_level)
  and ($given_to is null or coalesce(w.first_to_level, 'unknown') = $given_to)
  and ($form is null or coalesce(w.form, 'unknown') = $form)
  and ($overtaken is null or w.is_overtaken and $overtaken in (
        'all', overtaken_by(w.changed_on, w.rule, w.to_agency, w.first_to_agency)))
  and ($measure_type is null or i.item_id in (select item_id from item_measure_at($as_of, $revision) where measure_type = $measure_type))
  and ($document_id is null or i.item_id in (
        select item_id from item_instrument_at($as_of, $revision) where document_id = $document_id))
  and len(list_filter($words::varchar[], lambda w: not contains(
        ' ' || replace(lower(strip_accents(coalesce(t.task, i.title))), 'đ', 'd') || ' ' || coalesce(i.procedure_code, '') || ' ', ' ' || w))) = 0
order by
    case i.deadline_state when 'overdue' then 0 when 'due_soon' then 1 when 'in_time' then 2 when 'no_deadline' then 3 when 'standing' then 5 else 4 end,
    i.current_deadline, i.item_id
