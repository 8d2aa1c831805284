-- Lines and figures of no cost sheet, sheets without lines or counts, lines without figures, sheets of another procedure's version.
select 'line without its sheet' as problem, sheet_id::varchar || ' ' || position::varchar as id from cost_line
where sheet_id not in (select sheet_id from cost_sheet)
union all
select 'figure without its sheet', sheet_id::varchar || ' ' || position::varchar from cost_figure
where sheet_id not in (select sheet_id from cost_sheet)
union all
select 'figure without its line', f.sheet_id::varchar || ' ' || f.position::varchar from cost_figure as f
anti join cost_line as l on l.sheet_id = f.sheet_id and l.position = f.position
where f.position > 0
union all
select 'line without a figure', l.sheet_id::varchar || ' ' || l.position::varchar from cost_line as l
anti join cost_figure as f on f.sheet_id = l.sheet_id and f.position = l.position
union all
select 'sheet without a line', sheet_id::varchar from cost_sheet
where not is_withdrawn and sheet_id not in (select sheet_id from cost_line)
union all
select 'sheet without its counts', s.sheet_id::varchar from cost_sheet as s
where not s.is_withdrawn
  and (select count(distinct kind) from cost_figure as f where f.sheet_id = s.sheet_id and f.position = 0) < 2
union all
select 'sheet of no version of its procedure', s.sheet_id::varchar from cost_sheet as s
anti join procedure_version as v on v.version_id = s.version_id and v.procedure_code = s.procedure_code
