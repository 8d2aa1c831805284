-- The revision that changed an item last.
select revision from item_state where item_id = $item_id
