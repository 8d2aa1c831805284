-- The agencies whose units have values in a group, and in how many periods.
select agency_code, count(distinct (period_kind, period_end)) as periods, count(distinct unit_code) as units
from indicator_at($as_of, $revision)
where indicator_code = $indicator and group_code = $group and subject = 'unit'
group by agency_code
order by agency_code
