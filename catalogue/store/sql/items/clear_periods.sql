delete from item_period where item_id in (select unnest($items::bigint[]))
