delete from item_state where item_id in (select unnest($items::bigint[]))
