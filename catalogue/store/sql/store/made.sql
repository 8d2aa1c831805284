-- What was made last, and the guards as the engine holds them now.
select m.views, m.guards, m.held, coalesce(g.held, '') as held_now
from (select md5(string_agg(trigger_name || ' ' || sql, ';' order by trigger_name)) as held from duckdb_triggers()) as g
left join made_scripts as m on true
