-- Items whose periods are still to be replayed: those of a database that was made before periods were kept.
select item_id from item_state where item_id not in (select item_id from item_period) order by item_id
