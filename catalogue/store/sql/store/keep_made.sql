insert into made_scripts
select 1, $views, $guards, coalesce(md5(string_agg(trigger_name || ' ' || sql, ';' order by trigger_name)), '')
from duckdb_triggers()
on conflict (id) do update set views = excluded.views, guards = excluded.guards, held = excluded.held
