-- Items of the base (of one programme, or one item) with the versions of their procedure when they were assigned (else on the
-- eve of their being done) and on the day, and which agency answers.
with wanted as (
    select i.item_id, i.programme_code, coalesce(i.procedure_code, m.procedure_code) as procedure_code, i.title,
        i.field_name, i.lead_agency, i.assigned_on, i.done_on, cast($as_of as date) as today,
        coalesce(i.done_on - 1, today) as eve
    from item_led_at($as_of, $revision, $organised_on) as i
    left join item_match_at($revision) as m on m.item_id = i.item_id
    where i.in_base
      and ($programme is null or i.programme_code = $programme)
      and ($item is null or i.item_id = $item)
),
version as (
    select *
    from version_day_at($as_of, $revision)
    where procedure_code in (select procedure_code from wanted)
)
select w.item_id, w.programme_code, w.procedure_code, w.title, w.field_name, w.lead_agency,
    coalesce(a.short_name, w.lead_agency) as agency_name, w.done_on,
    coalesce(b.version_id, e.version_id) as before_id,
    coalesce(b.effective_date, e.effective_date) as before_on, n.version_id as now_id, s.replaced_by
from wanted as w
asof left join version as b on b.procedure_code = w.procedure_code and b.effective_date <= w.assigned_on
asof left join version as e on e.procedure_code = w.procedure_code and e.effective_date <= w.eve
asof left join version as n on n.procedure_code = w.procedure_code and n.effective_date <= w.today
left join successor_at($revision) as s on s.procedure_code = w.procedure_code
left join agency as a on a.agency_code = w.lead_agency
order by w.item_id
