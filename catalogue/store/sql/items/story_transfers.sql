-- Changes of who is to decide, each with what it took the place of.
with said as (
    select item_id, form, from_level, from_agency, from_body, to_level, to_agency, to_body,
        date '0001-01-01' as effective_date, cast(null as bigint) as document_id, cast(null as varchar) as reason, revision
    from decentralisation
    union all
    select item_id, form, from_level, from_agency, from_body, to_level, to_agency, to_body, effective_date, document_id,
        reason, revision
    from transfer_change
),
told as (
    select *,
        lag(struct_pack(form := form, from_level := from_level, from_agency := from_agency, from_body := from_body,
            to_level := to_level, to_agency := to_agency, to_body := to_body))
            over (order by effective_date, revision) as before
    from said
    where item_id = $item_id and revision <= $revision
)
select t.effective_date, t.reason, r.recorded_at, p.full_name as actor_name, d.number as document_number,
    d.issued_on as document_date, t.before,
    struct_pack(t.form, t.from_level, t.from_agency, t.from_body, t.to_level, t.to_agency, t.to_body) as after
from told as t
join revision as r on r.revision = t.revision
left join actor as p on p.actor_id = r.actor_id
left join document_at($as_of, $revision) as d on d.document_id = t.document_id
where t.before is not null
order by t.effective_date desc, t.revision desc
