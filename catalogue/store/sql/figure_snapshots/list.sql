-- Figures drafted here as known at a revision, in the order of drafting, with the code of the one that each corrects.
select s.*, c.code as corrects_code
from figure_snapshot as s
left join figure_snapshot as c on c.snapshot_id = s.corrects
where s.revision <= $revision
order by s.snapshot_id
