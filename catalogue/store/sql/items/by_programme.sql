-- Some items, those of a programme together.
select item_id from item where item_id in (select unnest($items::bigint[])) order by programme_code, item_id
