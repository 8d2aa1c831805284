-- Facts about publication decisions that name what is not there, and versions that their decision does not name.
select 'publication without lines' as problem, cast(p.document_id as varchar) as id
from publication as p
where p.document_id not in (select document_id from publication_line)
union all
select 'basis of a decision without document', cast(b.document_id as varchar) || '/' || cast(b.basis_id as varchar)
from publication_basis as b
left join document as d on d.document_id = b.document_id
left join document as o on o.document_id = b.basis_id
where d.document_id is null or o.document_id is null
union all
select 'mirror of a decision without document', cast(m.document_id as varchar) || '/' || cast(m.mirrored_id as varchar)
from publication_mirror as m
left join document as d on d.document_id = m.document_id
left join document as o on o.document_id = m.mirrored_id
where d.document_id is null or o.document_id is null
union all
select 'supersession without document', cast(s.document_id as varchar) || '/' || cast(s.superseded_id as varchar)
from publication_supersession as s
left join document as d on d.document_id = s.document_id
left join document as o on o.document_id = s.superseded_id
where d.document_id is null or o.document_id is null
union all
select 'day of a decision without lines', cast(y.document_id as varchar) || '/' || y.milestone
from publication_day as y
where y.document_id not in (select document_id from publication_line)
union all
select 'replacement without its line or procedure', cast(r.document_id as varchar) || '/' || cast(r.line as varchar)
from publication_replacement as r
left join publication_line as l on l.document_id = r.document_id and l.line = r.line
left join procedure as p on p.procedure_code = r.procedure_code
where l.document_id is null or p.procedure_code is null
union all
select 'version that its decision does not name', cast(v.version_id as varchar)
from procedure_version as v
where v.source = 'publication'
  and not exists (select 1 from publication_line as l
    where l.document_id = v.decision_id and l.procedure_code = v.procedure_code)
  and not exists (select 1 from publication_replacement as r
    where r.document_id = v.decision_id and r.procedure_code = v.procedure_code)
order by problem, id
