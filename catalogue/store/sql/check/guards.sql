-- Append-only tables that lack a guard.
select 'guard missing' as problem, t.table_name || ' ' || v.verb as id
from (select unnest($tables::varchar[]) as table_name) as t
cross join (values ('update'), ('delete')) as v(verb)
where not exists (
    select 1 from duckdb_triggers() as g where g.trigger_name = t.table_name || '_no_' || v.verb)
order by id
