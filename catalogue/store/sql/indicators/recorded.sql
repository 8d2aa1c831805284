-- What holds of some periods of an indicator, to compare a file with; totals and components.
select
    group_code, subject, agency_code, unit_code, unit_name, component, period_kind, period_end, measured_to, method,
    state, value, out_of, rank, rank_of, rank_scope
from indicator_at($as_of, $revision)
where indicator_code = $indicator and period_end in (select unnest($period_ends::date[]))
