-- The last day from which a change of who is to decide is recorded of an item.
select max(effective_date) as last_on from transfer_change where item_id = $item_id
