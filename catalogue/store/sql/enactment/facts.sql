-- The facts of some items about their assignment, enactment and publication, as known at a revision.
select item_id, subject, holds, effective_date as day, event_id as place
from item_event
where item_id in (select unnest($items::bigint[])) and revision <= $revision and subject in ('assigned', 'enacted', 'published')
order by item_id, event_id
