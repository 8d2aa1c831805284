-- The rows of filings with one line a figure; a row without any figure has one line without.
select w.filing_id, w.row_id, w.section, w.label, v.column_code, v.value
from statistics_row as w
left join statistics_value as v on v.row_id = w.row_id
where list_contains($filings::bigint[], w.filing_id)
order by w.filing_id, w.position, v.column_code
