-- Move the lock of an item forward; changes no row when somebody else did first.
update item_state set revision = $revision where item_id = $item_id and revision = $expected
