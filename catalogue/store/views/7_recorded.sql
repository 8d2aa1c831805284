-- What the ledger says once every recorded fact has taken effect, whether or not its day has come.
create or replace view v_document_recorded as
select
    document_id,
    arg_max(state, row(effective_date, event_id)) as state,
    arg_max(in_force_on, row(effective_date, event_id)) as in_force_on
from document_event
group by document_id;

create or replace view v_item_instrument_recorded as
select item_id, document_id
from item_instrument
group by item_id, document_id
having arg_max(holds, row(effective_date, revision));

create or replace view v_item_recorded as
select r.*, g.given_on, gift_key(i.lead_agency, i.field_name, g.given_on) as gift
from item_recorded_at(date '9999-12-31', 9223372036854775807) as r
join item as i on i.item_id = r.item_id
left join (
    select item_id, min(effective_date) as given_on
    from item_event
    where subject = 'assigned' and holds
    group by item_id
) as g on g.item_id = r.item_id;
