-- Whether a programme has items already.
select count(*) > 0 as has_items from item where programme_code = $programme
