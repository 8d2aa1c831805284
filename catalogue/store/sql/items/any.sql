-- Whether any item was ever assigned, on whatever day.
select count(*) > 0 as has_items from item
