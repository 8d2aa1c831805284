-- Documents that have yet to be issued, for titles of an annex to be found among.
select document_id, type, title
from document_at($as_of, $revision)
where state <> 'issued'
order by document_id
