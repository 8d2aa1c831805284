-- Registered publication decisions that name the procedure of an enacted item that an agency answers for, while nobody has
-- reported it: the first decision after the enactment, with all such items that it names.
with waiting as (
    select i.item_id, coalesce(i.procedure_code, m.procedure_code) as procedure_code, i.enacted_on
    from item_at($as_of, $revision) as i
    join item_state as s on s.item_id = i.item_id
    join item_answering($as_of) as w on w.item_id = i.item_id
    left join item_match_at($revision) as m on m.item_id = i.item_id
    where i.in_base and i.enacted_on is not null and i.published_on is null and s.published_on is null
      and w.agency_code = $agency
      and i.item_id not in (
        select c.item_id from claim as c where c.kind = 'published' and c.state in ('draft', 'submitted', 'returned'))
),
named as (
    select w.item_id, d.document_id, d.number, d.issued_on
    from waiting as w
    join publication_line as l on l.procedure_code = w.procedure_code and l.revision <= $revision
    join document_at($as_of, $revision) as d
        on d.document_id = l.document_id and d.state = 'issued' and d.issued_on >= w.enacted_on
    left join agency as a on a.agency_code = d.issuer_code
    where coalesce(a.kind, 'other') <> 'province'
    qualify row_number() over (partition by w.item_id order by d.issued_on, d.document_id) = 1
)
select document_id, number, issued_on, list(item_id order by item_id) as item_ids
from named
group by document_id, number, issued_on
order by issued_on, document_id
