-- From whom to whom a decentralisation item moves the decision.
select form, from_level, from_agency, to_level, to_agency from decentralisation where item_id = $item_id
