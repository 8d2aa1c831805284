-- The newest revision, or the origin of the chain.
select revision, recorded_at, hash
from (
    select revision, recorded_at, hash from revision
    union all
    select 0, null, repeat('0', 64)
)
order by revision desc
limit 1
