-- Versions of a waiting batch's procedures that were recorded after its comparison.
select count(*) as versions
from procedure_version as v
join batch as b on b.batch_id = $batch_id
where b.state = 'staged' and v.revision > b.base_revision and v.revision <= $revision
  and v.procedure_code in (select s.procedure_code from staged_procedure as s where s.batch_id = $batch_id)
