-- The lines of a publication decision, with each procedure as it stands (or as the decision itself brings it in later)
-- and the codes that a line puts it in the place of.
with brought as (
    select procedure_code, arg_max(name, version_id) as name, min(effective_date) as effective_date
    from procedure_version
    where decision_id = $document_id and revision <= $revision
    group by procedure_code
)
select l.document_id, l.line, l.action, l.procedure_code, l.extent, l.note, v.name, v.in_force, v.field_name,
    case when v.name is null then b.name end as coming_name, case when v.name is null then b.effective_date end as coming_on,
    coalesce((select list(r.procedure_code order by r.procedure_code) from publication_replacement as r
        where r.document_id = l.document_id and r.line = l.line and r.revision <= $revision), []) as replaces
from publication_line as l
left join procedure_at($as_of, $revision) as v on v.procedure_code = l.procedure_code
left join brought as b on b.procedure_code = l.procedure_code
where l.document_id = $document_id and l.revision <= $revision
order by l.line
