"""Numbered migrations, forward only, each applied with its record in one transaction."""

import hashlib
import re
from dataclasses import dataclass

import duckdb

from catalogue.errors import MigrationFailed, StoreUnavailable
from catalogue.store import queries

_NAME = re.compile(r"^(\d{4})_\w+\.sql$")
_TABLE = """create table if not exists migration (
    version integer primary key, name varchar not null, checksum varchar not null, applied_at timestamptz not null)"""
_IS_OURS = "select count(*) = 0 or bool_or(table_name = 'migration') from duckdb_tables() where not internal"
_APPLIED = "select version, name, checksum from migration order by version"
_RECORD = "insert into migration values ($version, $name, $checksum, now())"


@dataclass(frozen=True)
class Migration:
    """One numbered file."""

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def available() -> list[Migration]:
    """Every migration the program ships, in order.

    Raises: MigrationFailed when a file is misnamed or a number is used twice.
    """
    found: dict[int, Migration] = {}
    for name, sql in queries.scripts("migrations"):
        match = _NAME.match(name)
        if match is None or int(match[1]) in found:
            raise MigrationFailed(version=name, reason="name")
        found[int(match[1])] = Migration(int(match[1]), name, sql)
    return [found[version] for version in sorted(found)]


def pending(connection: duckdb.DuckDBPyConnection) -> list[Migration]:
    """Migrations not yet applied.

    Raises: MigrationFailed when an applied file was edited; StoreUnavailable when the database is newer than the
    program, or somebody else's.
    """
    if connection.execute(_IS_OURS).fetchone() != (True,):
        raise StoreUnavailable("database_foreign")
    connection.execute(_TABLE)
    shipped = {migration.version: migration for migration in available()}
    applied = connection.execute(_APPLIED).fetchall()
    for version, name, checksum in applied:
        if version not in shipped:
            raise StoreUnavailable("database_newer", version=name)
        if shipped[version].checksum != checksum:
            raise MigrationFailed(version=name, reason="checksum")
    done = {version for version, _, _ in applied}
    return [migration for version, migration in shipped.items() if version not in done]


def apply(connection: duckdb.DuckDBPyConnection, migrations: list[Migration]) -> None:
    """Apply migrations one by one.

    Raises: MigrationFailed; the failed migration leaves nothing behind.
    """
    for migration in migrations:
        connection.execute("begin")
        try:
            for statement in duckdb.extract_statements(migration.sql):
                connection.execute(statement).fetchall()
            connection.execute(
                _RECORD,
                {"version": migration.version, "name": migration.name, "checksum": migration.checksum},
            )
            connection.execute("commit")
        except duckdb.Error as error:
            connection.execute("rollback")
            raise MigrationFailed(version=migration.name, reason=str(error).splitlines()[0]) from error
