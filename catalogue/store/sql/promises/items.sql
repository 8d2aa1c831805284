-- Enacted items with the versions of their procedure around the promise: when it was assigned, on the eve of its enactment
-- (of the last change of who is to decide), and now; whether a decision wrote the record, or names it, since then; what
-- stands in its place; whether the last answer is later than the record, and than what is promised of it.
with wanted as (
    select i.item_id, i.programme_code, coalesce(i.procedure_code, m.procedure_code) as procedure_code, i.lead_agency,
        i.assigned_on, i.enacted_on, i.published_on, cast($as_of as date) as today,
        greatest(i.enacted_on, coalesce(t.changed_on, i.enacted_on)) as since, since - 1 as eve,
        t.form, t.to_level, t.to_agency, t.said_to_agency, t.to_body, coalesce(t.said_at, 0) as said_at, t.rule_from
    from item_led_at($as_of, $revision, $organised_on) as i
    left join item_match_at($revision) as m on m.item_id = i.item_id
    left join item_transfer_at($as_of, $revision) as t on t.item_id = i.item_id
    where i.in_base and i.enacted_on is not null
      and ($programme is null or i.programme_code = $programme)
      and ($items::bigint[] is null or i.item_id in (select unnest($items::bigint[])))
),
version as (
    select *
    from version_day_at($as_of, $revision)
    where procedure_code in (select procedure_code from wanted)
),
republished as (
    select w.item_id
    from wanted as w
    join procedure_version as v on v.procedure_code = w.procedure_code
    where v.effective_date between w.since and $as_of and v.revision <= $revision
      and (v.decision_id is not null or try_cast(v.details ->> '$.decision_date' as date) >= w.since)
    group by w.item_id
),
answer as (
    select c.item_id, max(e.revision) as answered_at, cast(max(r.recorded_at) as date) as answered_on
    from claim as c
    join claim_event as e on e.claim_id = c.claim_id
    join revision as r on r.revision = e.revision
    where c.kind = 'difference' and e.action = 'confirm' and e.revision <= $revision
    group by c.item_id
)
select w.item_id, w.programme_code, w.procedure_code, w.lead_agency, w.assigned_on, w.enacted_on,
    w.form, w.to_level, w.to_agency, w.said_to_agency, w.to_body,
    coalesce(b.version_id, e.version_id) as before_id, e.version_id as eve_id, n.version_id as now_id,
    coalesce(w.published_on >= w.since, false) or r.item_id is not null as is_republished,
    s.replaced_by,
    coalesce(a.answered_at > greatest(v.revision, w.said_at) and a.answered_on >= coalesce(w.rule_from, a.answered_on), false) as is_answered
from wanted as w
asof left join version as b on b.procedure_code = w.procedure_code and b.effective_date <= w.assigned_on
asof left join version as e on e.procedure_code = w.procedure_code and e.effective_date <= w.eve
asof left join version as n on n.procedure_code = w.procedure_code and n.effective_date <= w.today
left join procedure_version as v on v.version_id = n.version_id
left join republished as r on r.item_id = w.item_id
left join successor_at($revision) as s on s.procedure_code = w.procedure_code
left join answer as a on a.item_id = w.item_id
order by w.item_id
