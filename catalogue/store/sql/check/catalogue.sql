-- Versions of one procedure from one day that were recorded together, levels on the wrong side of a flag.
select 'two versions from one day in one revision' as problem, procedure_code as id
from procedure_version
group by procedure_code, effective_date, revision
having count(*) > 1
union all
select 'line of a publication decision without its procedure', cast(l.document_id as varchar) || '/' || cast(l.line as varchar)
from publication_line as l left join procedure as p on p.procedure_code = l.procedure_code
where p.procedure_code is null
order by problem, id
