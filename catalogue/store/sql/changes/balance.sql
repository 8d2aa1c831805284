-- Procedures in force at the beginning and at the end of a period, and what came and went between the two.
select
    count(*) filter (b.in_force) as then_in_force,
    count(*) filter (n.in_force) as now_in_force,
    count(*) filter (n.in_force and b.procedure_code is null) as came_new,
    count(*) filter (n.in_force and not b.in_force) as came_back,
    count(*) filter (b.in_force and not n.in_force) as went
from procedure_at($as_of, $revision) as n
left join procedure_at($since, $revision) as b on b.procedure_code = n.procedure_code
