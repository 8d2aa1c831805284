-- publication_gift_at(as_of, known): by what key succession finds who answers for each publication decision: its issuer, its
-- day, and the field where all the procedures in its annex are of one.
create or replace macro publication_gift_at(as_of, known) as table
with annex as (
    select l.document_id,
        case when count(distinct lower(v.field_name)) = 1 and count(v.field_name) = count(*) then any_value(v.field_name) end
            as field_name
    from publication_line as l
    join procedure_at(as_of, known) as v on v.procedure_code = l.procedure_code
    where l.revision <= known
    group by l.document_id
)
select d.document_id, gift_key(d.issuer_code, x.field_name, d.issued_on) as gift
from document_at(as_of, known) as d
left join annex as x on x.document_id = d.document_id
where d.state = 'issued';
