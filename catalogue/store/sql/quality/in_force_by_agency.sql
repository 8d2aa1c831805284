-- Records in force by issuing agency; an agency that is none of ours is unknown.
select coalesce(issuing_agency, 'unknown') as agency, cast(count(*) as bigint) as records
from procedure_at($as_of, $revision)
where in_force
group by all
order by agency
