-- Who may write about an instrument on a day: the agencies that answer for the items which need it and which were given to
-- an agency that drafted it, where $agency drafts now in its own name or as an heir, or for which $agency answers; an agency
-- that took the drafting over itself. Where there are none, whoever succeeded $agency as a whole.
with heir as (
    select * from agency_heir($day)
),
drafter as (
    select $agency as agency_code
    union
    select d.drafting_agency
    from (
        select drafting_agency from document where document_id = $document_id
        union
        select drafting_agency from document_event where document_id = $document_id
    ) as d
    join heir as h on h.origin = d.drafting_agency and h.agency_code = $agency
),
own as (
    select a.agency_code
    from v_item_instrument_recorded as n
    join item as i on i.item_id = n.item_id
    join item_answering($day) as a on a.item_id = n.item_id
    where n.document_id = $document_id
      and (i.lead_agency in (select agency_code from drafter) or a.agency_code = $agency)
    union
    select h.agency_code
    from heir as h
    join document as d on d.document_id = $document_id and d.drafting_agency <> $agency
    where h.origin = $agency and h.agency_code = $agency
)
select agency_code from own
union all
select agency_code
from heir
where origin = $agency and field_name is null and given_since = date '0001-01-01' and not exists (select 1 from own)
order by agency_code
