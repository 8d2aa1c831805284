-- When a decision was entered and posted: of what was recorded, the last.
select milestone, arg_max(happened_on, revision) as happened_on
from publication_day
where document_id = $document_id and revision <= $revision
group by milestone
order by milestone
