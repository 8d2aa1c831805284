-- The first period announced after a day: what a reader of that day does not see yet.
select period_kind, period_end, min(effective_on) as effective_on
from indicator_at('9999-12-31'::date, $revision)
where indicator_code = $indicator and group_code = $group and component is null and effective_on > $as_of
group by period_kind, period_end
order by effective_on, period_end
limit 1
