-- What a source said of some procedures in the last of its accepted batches up to a day.
select s.procedure_code, cast(s.content as varchar) as content
from staged_procedure as s
join batch as b on b.batch_id = s.batch_id
where b.source = $source and b.state = 'accepted' and b.observed_on <= $observed_on and s.change <> 'missing'
  and s.procedure_code in (select unnest($codes::varchar[]))
qualify row_number() over (partition by s.procedure_code order by b.observed_on desc, b.batch_id desc) = 1
order by s.procedure_code
