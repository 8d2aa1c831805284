-- Everything that some cost sheets say: a row a figure, a sheet without any once; position 0 is the sheet itself.
select s.sheet_id, s.procedure_code, s.version_id, s.made_on, s.income_year, s.income_vnd, s.reason, s.file_name,
    s.is_withdrawn, s.revision, f.position, l.activity, l.label, f.kind, f.value, f.source, f.method
from cost_sheet as s
left join cost_figure as f on f.sheet_id = s.sheet_id
left join cost_line as l on l.sheet_id = s.sheet_id and l.position = f.position
where s.sheet_id in (select unnest($sheets::bigint[]))
order by s.sheet_id, f.position, f.kind, f.place
