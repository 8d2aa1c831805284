"""DuckDB behind one door: database, migrations, guards, named SQL, the revision chain."""
