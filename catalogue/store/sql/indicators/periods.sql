-- For each period of one kind in which a group has anything: what a source printed as its mean, and what its members add up to.
-- A total that lacks a component is on another scale, so it is counted apart; units are those under $within.
select
    period_kind, period_end, max(measured_to) as measured_to, max(effective_on) as effective_on,
    arg_max(method, effective_on) as method,
    any_value(value) filter (subject = 'mean') as printed_mean,
    any_value(basis) filter (subject = 'mean') as mean_basis,
    cast(sum(value) filter (subject in ('agency', 'unit') and out_of is null) as bigint) as total,
    count(*) filter (subject in ('agency', 'unit') and out_of is null and value is not null) as valued,
    count(*) filter (subject in ('agency', 'unit') and out_of is not null) as partial,
    count(*) filter (subject in ('agency', 'unit') and state = 'not_applicable') as not_applicable,
    count(*) filter (subject in ('agency', 'unit') and value is null and rank is not null) as rank_only,
    count(*) filter (subject = 'unit') as units,
    bool_or(basis = 'invented') as is_invented
from indicator_at($as_of, $revision)
where indicator_code = $indicator and group_code = $group and component is null
  and ($within::varchar is null or agency_code = $within)
group by period_kind, period_end
order by period_end, period_kind
