-- Move the lock of some items forward.
update item_state set revision = $revision where item_id in (select unnest($items::bigint[]))
