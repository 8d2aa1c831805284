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
select
    item_id,
    max(case when subject = 'assigned' and holds then since end) as assigned_on,
    max(case when subject = 'approved' and holds then since end) as approved_on,
    max(case when subject = 'enacted' and holds then since end) as enacted_on,
    max(case when subject = 'published' and holds then since end) as published_on,
    max(case when subject = 'confirmed' and holds then since end) as confirmed_on,
    max(case when subject = 'assigned' and not holds then since end) as left_on,
    max(case when subject = 'deadline' then first_deadline end) as original_deadline,
    max(case when subject = 'deadline' then last_deadline end) as current_deadline,
    max(revision) as revision
from item_fact_at(date '9999-12-31', 9223372036854775807)
group by item_id;
