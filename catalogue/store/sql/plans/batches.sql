-- Every plan: what waits first, then the newest.
select
    b.*, a.full_name as staged_by_name, p.name_vi as programme_name_vi, p.name_en as programme_name_en,
    (select count(*) from plan_line as l where l.batch_id = b.batch_id and not l.is_dropped) as lines
from plan_batch as b
left join actor as a on a.actor_id = b.staged_by
left join programme as p on p.programme_code = b.programme_code
order by b.state <> 'staged', b.staged_at desc, b.batch_id desc
