-- Every total of an agency itself (not of its units), by indicator in time order.
select
    indicator_code, group_code, period_kind, period_end, measured_to, effective_on, effective_basis, method,
    state, value, out_of, rank, rank_of, rank_scope, basis, source, publication, note, revision
from indicator_at($as_of, $revision)
where subject = 'agency' and agency_code = $agency and component is null
  and ($indicator::varchar is null or indicator_code = $indicator)
order by indicator_code, group_code, period_end, period_kind
