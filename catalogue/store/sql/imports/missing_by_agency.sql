-- What a list leaves out, by issuing agency.
select coalesce(a.name, s.content ->> 'issuing_agency_text') as agency, count(*) as procedures
from staged_procedure as s
left join agency as a on a.agency_code = s.issuing_agency
where s.batch_id = $batch_id and s.change = 'missing'
group by all
order by procedures desc, agency
