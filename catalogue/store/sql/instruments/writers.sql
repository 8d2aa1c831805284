-- Who may write about an instrument on a day: the agencies that answer for the items which its drafting agency was given and
-- which need it; where there are none, whoever succeeded that agency as a whole.
with own as (
    select distinct a.agency_code
    from v_item_instrument_recorded as n
    join item as i on i.item_id = n.item_id
    join item_answering($day) as a on a.item_id = n.item_id
    where n.document_id = $document_id and i.lead_agency = $agency
)
select agency_code from own
union all
select agency_code
from agency_heir($day)
where origin = $agency and field_name is null and given_since = date '0001-01-01' and not exists (select 1 from own)
order by agency_code
