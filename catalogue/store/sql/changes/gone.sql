-- Procedures in force that the last accepted lists to speak of them left out, where their day is in the period; of one
-- day's lists, one that names a procedure counts before another agency's that does not.
with spoken as (
    select s.procedure_code, s.change, b.observed_on, b.file_name
    from staged_procedure as s
    join batch as b on b.batch_id = s.batch_id
    where b.state = 'accepted' and b.observed_on <= $as_of and coalesce(b.revision, b.base_revision) <= $revision
    qualify row_number() over (partition by s.procedure_code 
        order by b.observed_on desc, s.change = 'missing', b.batch_id desc) = 1
)
select
    v.procedure_code, s.observed_on as effective_date, v.version_id, v.name, v.issuing_agency as agency_code,
    coalesce(a.name, v.issuing_agency_text) as agency_name,
    gift_key(v.issuing_agency, v.field_name, v.effective_date) as gift, s.file_name
from spoken as s
join procedure_at($as_of, $revision) as v on v.procedure_code = s.procedure_code
left join agency as a on a.agency_code = v.issuing_agency
where s.change = 'missing' and s.observed_on > $since and v.in_force
order by s.observed_on desc, v.procedure_code
