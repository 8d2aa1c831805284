-- Everything that is known of a group in one period, components beside totals; units are those under $within.
select
    subject, agency_code, unit_code, unit_name, component, measured_to, effective_on, effective_basis, method,
    state, value, out_of, rank, rank_of, rank_scope, basis, source, publication, note, revision
from indicator_at($as_of, $revision)
where indicator_code = $indicator and group_code = $group and period_kind = $kind and period_end = $period_end
  and ($within::varchar is null or agency_code = $within)
order by subject, agency_code, unit_code, component nulls first
