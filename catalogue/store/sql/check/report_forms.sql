-- Figures that agencies sent and cells of issued reports that belong to nothing; reports without a row.
select 'row without its filing' as problem, row_id::varchar as id from statistics_row where filing_id not in (select filing_id from statistics_filing)
union all
select 'figure without its row', row_id::varchar || ' ' || column_code from statistics_value where row_id not in (select row_id from statistics_row)
union all
select 'filing without a row', filing_id::varchar from statistics_filing where filing_id not in (select filing_id from statistics_row)
union all
select 'printed row without its report', row_id::varchar from report_issue_row where issue_id not in (select issue_id from report_issue)
union all
select 'printed cell without its row', row_id::varchar || ' ' || column_code from report_issue_cell where row_id not in (select row_id from report_issue_row)
union all
select 'report without a row', issue_id::varchar from report_issue where issue_id not in (select issue_id from report_issue_row)
