-- The first day on which anything is known of an item; null where there is none.
select min(valid_from) as first_day from item_period
