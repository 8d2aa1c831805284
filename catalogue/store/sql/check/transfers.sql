-- From whom to whom every item moves a decision, as assigned first and as each change says.
select item_id, form, from_level, from_agency, from_body, to_level, to_agency, to_body, revision
from decentralisation
union all
select item_id, form, from_level, from_agency, from_body, to_level, to_agency, to_body, revision
from transfer_change
order by item_id, revision
