-- The rows of an issued report from top to bottom, one line a cell.
select w.row_id, w.kind, w.ordinal, w.label, w.section, w.agency_code, c.column_code, c.value, c.gap
from report_issue_row as w
join report_issue_cell as c on c.row_id = w.row_id
where w.issue_id = $issue_id
order by w.position, c.column_code
