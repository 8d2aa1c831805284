-- item_transfer_at(as_of, known): from whom to whom each decentralisation item moves the decision on a day, beside what
-- was assigned first (`first_…`). Where the level that was to decide is no more, the dated rule of the reference data says
-- which one decides instead (`to_level`; `rule` names its place among the rules; the body that was named went with its
-- level), and where an agency is no more, its heir: by the day on which it was named. `is_overtaken`: what the assignment says does not exist on the day, whether or not a person has mended it.
create or replace macro item_transfer_at(as_of, known) as table
with said as (
    select item_id, form, from_level, from_agency, from_body, to_level, to_agency, to_body,
        date '0001-01-01' as effective_date, cast(null as bigint) as document_id, cast(null as varchar) as reason, revision
    from decentralisation
    where revision <= known
    union all
    select item_id, form, from_level, from_agency, from_body, to_level, to_agency, to_body, effective_date, document_id,
        reason, revision
    from transfer_change
    where effective_date <= as_of and revision <= known
),
now_said as (
    select * from said
    qualify row_number() over (partition by item_id order by effective_date desc, revision desc) = 1
),
level_rule as (                         -- the first rule that fits each assignment whose level is no more
    select s.item_id, r.to_level, r.position, r.ends_from
    from now_said as s
    join item_given as f on f.item_id = s.item_id
    join level_ending as r on r.level = s.to_level and r.ends_from <= as_of
        and (r.field_name is null or lower(r.field_name) = f.field_name)
        and (r.from_level is null or r.from_level = s.from_level)
    qualify row_number() over (partition by s.item_id order by r.ends_from, r.position) = 1
),
heir as (select * from agency_heir(as_of))
select
    s.item_id, s.form, s.from_level,
    coalesce(hf.agency_code, s.from_agency) as from_agency, s.from_body,
    coalesce(r.to_level, s.to_level) as to_level,
    coalesce(ht.agency_code, s.to_agency) as to_agency, case when r.to_level is null then s.to_body end as to_body,
    s.from_agency as said_from_agency, s.to_level as said_to_level, s.to_agency as said_to_agency,
    s.to_body as said_to_body,
    d.form as first_form, d.from_level as first_from_level, d.from_agency as first_from_agency,
    d.from_body as first_from_body, d.to_level as first_to_level, d.to_agency as first_to_agency,
    d.to_body as first_to_body,
    r.position as rule, r.ends_from as rule_from,
    nullif(s.effective_date, date '0001-01-01') as changed_on, s.document_id as changed_by, s.reason as change_reason,
    s.revision as said_at,
    exists (select 1 from level_ending as e where e.level = d.to_level and e.ends_from <= as_of)
        or coalesce(a.valid_until < as_of, false) as is_overtaken
from now_said as s
join decentralisation as d on d.item_id = s.item_id
join item_given as f on f.item_id = s.item_id
left join level_rule as r on r.item_id = s.item_id
left join heir as hf on hf.origin = s.from_agency and hf.field_name is not distinct from f.moving_field
    and greatest(f.given_on, s.effective_date) >= hf.given_since and greatest(f.given_on, s.effective_date) < hf.given_until
left join heir as ht on ht.origin = s.to_agency and ht.field_name is not distinct from f.moving_field
    and greatest(f.given_on, s.effective_date) >= ht.given_since and greatest(f.given_on, s.effective_date) < ht.given_until
left join agency as a on a.agency_code = d.to_agency;
