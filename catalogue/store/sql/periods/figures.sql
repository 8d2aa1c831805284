-- What a closing freezes: every stage and deadline state of the base, by programme and answering agency.
with counted as (
    select i.programme_code, a.agency_code,
        unnest(item_tally(approved_on, enacted_on, published_on, confirmed_on, done_on, deadline_state))
    from item_at($as_of, $revision) as i
    join item_answering($answering_on) as a on a.item_id = i.item_id
    where i.in_base
    group by i.programme_code, a.agency_code
)
select programme_code, agency_code, base as assigned, * exclude (programme_code, agency_code, base)
from counted
order by programme_code, agency_code
