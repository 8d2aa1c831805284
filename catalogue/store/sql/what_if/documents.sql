-- The latest recorded state of some documents, as known at a revision.
select document_id, arg_max(state, row(effective_date, event_id)) as state,
    arg_max(number, row(effective_date, event_id)) as number
from document_event
where document_id in (select unnest($documents::bigint[])) and revision <= $revision
group by document_id
order by document_id
