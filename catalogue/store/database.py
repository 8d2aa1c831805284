"""The one door to DuckDB: open, read, row, transaction (write, append); driver errors become catalogue.errors.

One process owns the file. Writes go through one lock; reads take a cursor of their own.
"""

import os
import re
import shutil
import threading
import warnings
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from catalogue.errors import Conflict, StoreError, StoreUnavailable
from catalogue.store import chain, migrate, queries, write_outcome
from catalogue.store.search_index import SearchIndex

Clock = Callable[[], datetime]
Row = dict[str, Any]

FORMER = "-before-restore-"  # in the name of a file that a restored one took the place of

# Meant for large results; a relation, which it recommends, binds every query twice, which took longer (measured: by a third).
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)

_ID_BITS = 20  # rows one revision may number: an id is revision * 2^20 + its place in the transaction
_KEPT_ANSWERS = 400  # frames of a page's queries; most are a few rows, the largest a programme's items
_HOLDER = re.compile(r"\(PID (\d+)\)")
_OPTIONS: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v2.0.0",  # triggers need it in a file
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Transaction:
    """One unit of work under the write lock: one revision, its facts, its projection."""

    def __init__(
        self, database: "Database", cursor: duckdb.DuckDBPyConnection, revision: int, now: datetime
    ) -> None:
        self._database = database
        self._cursor = cursor
        self._ids = 0
        self.revision = revision
        self.recorded_at = now
        self.facts: dict[str, list[str]] = {}

    def new_id(self) -> int:
        """A BIGINT id that no other row of the ledger has; ids grow in the order of commit."""
        self._ids += 1
        return (self.revision << _ID_BITS) + self._ids

    def read(self, name: str, /, **params: Any) -> pl.DataFrame:
        """Rows as this transaction sees them."""
        return _read(self._cursor, name, params)

    def row(self, name: str, /, **params: Any) -> Row | None:
        """The first row of a query, or None."""
        frame = self.read(name, **params)
        return frame.row(0, named=True) if frame.height else None

    def write(self, name: str, /, **params: Any) -> int:
        """Run one write statement; returns the number of changed rows."""
        with _translated(name):
            result = self._cursor.execute(queries.load(name), params).fetchone()
        return int(result[0]) if result else 0

    def append(self, table: str, rows: pl.DataFrame | Sequence[Mapping[str, Any]]) -> None:
        """Insert rows; on a ledger table they carry this revision and enter its hash."""
        if not len(rows):
            return
        records: Sequence[Mapping[str, Any]] = rows.to_dicts() if isinstance(rows, pl.DataFrame) else rows
        if table in chain.LEDGER:
            names = self.column_names(table)
            records = [
                {name: record.get(name) for name in names} | {"revision": self.revision} for record in records
            ]
            self.facts.setdefault(table, []).extend(chain.fact(table, record) for record in records)
        self.insert(table, records)

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert complete rows as they are, without making facts of them: projections and loaded history."""
        if rows:
            schema = {name: kind for name, kind in self._database.columns(table) if name in rows[0]}
            _insert(self._cursor, table, pl.DataFrame(rows, schema=schema, strict=False))

    def column_names(self, table: str) -> list[str]:
        """The columns of a table, in its own order."""
        return [name for name, _ in self._database.columns(table)]


class Database:
    """An open, migrated database file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, clock: Clock) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._columns: dict[str, list[tuple[str, Any]]] = {}
        self._kept: OrderedDict[Hashable, pl.DataFrame] = OrderedDict()
        self._kept_lock = threading.Lock()
        self._generation = 0
        self.revision = 0  # the last one: this process alone writes the file, inside the lock
        self.writes: Counter[tuple[str, str]] = Counter()  # by kind and outcome, since the file was opened
        self.search_index = SearchIndex(self)
        self.path = path
        self.clock = clock

    @classmethod
    def open(
        cls, path: Path, *, clock: Clock = lambda: datetime.now(UTC), backups: Path | None = None
    ) -> "Database":
        """Open or create the file, apply migrations (after a backup copy), views and guards.

        Raises: StoreUnavailable when the folder is unwritable, the file is held, corrupt or newer; MigrationFailed.
        """
        is_new = not path.exists()
        connection = _connect(path)
        try:
            database = cls(connection, path, clock)
            waiting = migrate.pending(connection)
            if waiting and not is_new and backups is not None:
                database.backup(
                    backups / f"{path.stem}-before-{waiting[0].version:04d}-{clock():%Y%m%dT%H%M%S}.duckdb"
                )
            migrate.apply(connection, waiting)
            database._make_scripts()
            database._reread_revision()
        except BaseException:
            connection.close()
            raise
        return database

    @classmethod
    def restore(cls, source: Path, target: Path, *, backups: Path) -> Path | None:
        """Put a backup in the place of a database file; returns where the file that was there is kept.

        Raises: StoreUnavailable when the backup is no database of ours, or the present file is held.
        """
        if not source.is_file():
            raise StoreUnavailable("file_missing", file=str(source))
        incoming = target.with_suffix(".restoring")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, incoming)
        try:
            cls.open(incoming).close()  # migrated, views and guards made anew, before anything is replaced
            kept = None
            if target.exists():
                _connect(target).close()  # nobody holds it, and its log is folded into the file
                backups.mkdir(parents=True, exist_ok=True)
                kept = backups / f"{target.stem}{FORMER}{datetime.now(UTC):%Y%m%dT%H%M%S%f}.duckdb"
                target.replace(kept)
            incoming.replace(target)
        finally:
            incoming.unlink(missing_ok=True)
        return kept

    def _make_scripts(self) -> None:
        """Make views and guards anew, unless the file holds exactly those of this program already: a backup loses its guards."""
        digests = {folder: queries.digest(folder) for folder in ("views", "guards")}
        (made,) = self._connection.execute(queries.load("store/made")).fetchall()
        views, guards, held, held_now = made
        if views != digests["views"]:
            self._create("views")
        if guards != digests["guards"] or held != held_now:
            self._create("guards")
        if made != (*digests.values(), held_now, held_now):
            self._connection.execute(queries.load("store/keep_made"), digests).fetchall()

    def _create(self, folder: str) -> None:
        for name, text in queries.scripts(folder):
            with _translated(name):
                for statement in duckdb.extract_statements(text):
                    self._connection.execute(statement).fetchall()

    def _reread_revision(self) -> None:
        row = self.row("revision/last")
        assert row is not None
        self.revision = row["revision"]

    def close(self) -> None:
        """Wait for the running write, then let go of the file."""
        with self._lock:
            self._connection.close()

    def columns(self, table: str) -> list[tuple[str, Any]]:
        """Column names of a table with their Polars types, as read from an empty result."""
        if table not in self._columns:
            with _translated("columns"):
                frame = self._connection.cursor().table(table).limit(0).pl()
            self._columns[table] = list(frame.schema.items())
        return self._columns[table]

    def whole(self, table: str) -> pl.DataFrame:
        """Every row of a table, for a check or an export."""
        cursor = self._cursor()
        try:
            with _translated(table):
                frame: pl.DataFrame = cursor.table(table).pl()
            return frame
        finally:
            cursor.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with _translated("cursor"):
            return self._connection.cursor()

    def read(self, name: str, /, **params: Any) -> pl.DataFrame:
        """Rows of a named query on a cursor of its own."""
        cursor = self._cursor()
        try:
            return _read(cursor, name, params)
        finally:
            cursor.close()

    def row(self, name: str, /, **params: Any) -> Row | None:
        """The first row of a query, or None."""
        frame = self.read(name, **params)
        return frame.row(0, named=True) if frame.height else None

    def known(self, name: str, /, *, revision: int | None = None, **params: Any) -> pl.DataFrame:
        """Rows of a query that reads the ledger up to a revision only: its answer never changes, so it is kept.

        Without a revision it reads reference data only, or rows of the ledger by the ids of what wrote them, whole.
        """
        key = (
            name,
            revision,
            tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(params.items())),
        )
        return self.kept(
            key, lambda: self.read(name, **params if revision is None else params | {"revision": revision})
        )

    def kept(self, key: Hashable, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """A frame made once for its key, which names the revision up to which it reads the ledger, as `known` does."""
        with self._kept_lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            generation = self._generation
        frame = make()
        with self._kept_lock:
            if generation != self._generation:
                return frame  # read before what emptied the store of answers, finished after it
            self._kept[key] = frame
            while len(self._kept) > _KEPT_ANSWERS:
                self._kept.popitem(last=False)
        return frame

    def known_row(self, name: str, /, *, revision: int, **params: Any) -> Row | None:
        """The first row of such a query, or None."""
        frame = self.known(name, revision=revision, **params)
        return frame.row(0, named=True) if frame.height else None

    @contextmanager
    def transaction(
        self, command: str, actor_id: int | None = None, *, recorded_at: datetime | None = None
    ) -> Iterator[Transaction]:
        """One write transaction, closed by its revision; everything or nothing.

        `recorded_at` is for demonstration data only, whose history was recorded before today.
        """
        with self._lock:
            cursor = self._cursor()
            try:
                with _translated(command):
                    cursor.execute("begin").fetchall()
                last = _read(cursor, "revision/last", {}).row(0, named=True)
                now = max(
                    recorded_at or self.clock(), last["recorded_at"] or datetime.min.replace(tzinfo=UTC)
                )
                transaction = Transaction(self, cursor, last["revision"] + 1, now)
                yield transaction
                own = {
                    "revision": transaction.revision,
                    "recorded_at": now,
                    "actor_id": actor_id,
                    "command": command,
                }
                digest = chain.link(last["hash"], own, transaction.facts)
                transaction.write("revision/add", **own, previous_hash=last["hash"], hash=digest)
                with _translated(command):
                    cursor.execute("commit").fetchall()
                self.revision = transaction.revision
                self.writes["recorded", write_outcome.COMMITTED] += 1
            except BaseException as error:
                self.writes["recorded", write_outcome.of(error)] += 1
                _roll_back(cursor)
                raise
            finally:
                cursor.close()

    @contextmanager
    def unrecorded(self, *, changes_answers: bool = False) -> Iterator[Transaction]:
        """A write that is no fact and makes no revision: sessions, staged batches, reference data.

        `changes_answers`: it changes what queries of the past answer (reference data, a loaded history).
        """
        with self._lock:
            cursor = self._cursor()
            try:
                with _translated("begin"):
                    cursor.execute("begin").fetchall()
                last = _read(cursor, "revision/last", {}).row(0, named=True)
                transaction = Transaction(self, cursor, last["revision"], self.clock())
                yield transaction
                if transaction.facts:
                    raise AssertionError("facts need a revision")
                with _translated("commit"):
                    cursor.execute("commit").fetchall()
                if changes_answers:
                    self._reread_revision()
                    with self._kept_lock:
                        self._generation += 1
                        self._kept.clear()
                    self.search_index.forget()
                self.writes["unrecorded", write_outcome.COMMITTED] += 1
            except BaseException as error:
                self.writes["unrecorded", write_outcome.of(error)] += 1
                _roll_back(cursor)
                raise
            finally:
                cursor.close()

    def backup(self, target: Path) -> None:
        """A consistent copy in a new file, verified by opening it, then renamed into place. Guards come back at open."""
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.unlink(missing_ok=True)
        with self._lock, _translated("backup"):
            cursor = self._connection.cursor()
            try:
                cursor.execute("select current_database()")
                (source,) = cursor.fetchone() or ("",)
                cursor.execute(
                    f"attach {_quoted(str(part))} as copy_target (storage_version 'v2.0.0')"
                ).fetchall()
                try:
                    cursor.execute(f'copy from database "{source}" to copy_target').fetchall()
                finally:
                    cursor.execute("detach copy_target").fetchall()
            finally:
                cursor.close()
        duckdb.connect(str(part), read_only=True, config=_OPTIONS).close()
        part.replace(target)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable("data_dir_unwritable", path=str(path.parent)) from error
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise StoreUnavailable("data_dir_unwritable", path=str(path.parent))
    try:
        connection = duckdb.connect(str(path), config=_OPTIONS)
        connection.execute("SET GLOBAL TimeZone = 'Asia/Ho_Chi_Minh'")
        return connection
    except duckdb.Error as error:
        message = str(error)
        if holder := _HOLDER.search(message):
            raise StoreUnavailable("database_locked", path=str(path), pid=holder[1]) from error
        if "version number" in message and "newer" in message:
            raise StoreUnavailable("database_newer", version=message.splitlines()[0][:200]) from error
        if "not a valid DuckDB" in message or "Corrupt" in message or "checksum" in message.lower():
            raise StoreUnavailable("database_corrupt", path=str(path)) from error
        if isinstance(error, duckdb.IOException):
            raise StoreUnavailable("data_dir_unwritable", path=str(path.parent)) from error
        raise StoreUnavailable("database_corrupt", path=str(path)) from error


@contextmanager
def _translated(query: str) -> Iterator[None]:
    try:
        yield
    except duckdb.ConstraintException as error:
        raise Conflict(query=query) from error
    except (duckdb.FatalException, duckdb.ConnectionException) as error:
        raise StoreUnavailable("database_failed", query=query) from error
    except duckdb.Error as error:
        raise StoreError(query=query, reason=type(error).__name__) from error


def _read(cursor: duckdb.DuckDBPyConnection, name: str, params: Mapping[str, Any]) -> pl.DataFrame:
    with _translated(name):
        rows = cursor.execute(queries.load(name), dict(params)).to_arrow_table()
    return pl.DataFrame(pl.from_arrow(rows, rechunk=False))


def _insert(cursor: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    with _translated(table):
        cursor.register("incoming", frame)
        cursor.execute(f'insert into "{table}" by name select * from incoming').fetchall()  # noqa: S608
        # Not in a `finally`: after an error it would hide what went wrong, and the cursor is closed anyway.
        cursor.unregister("incoming")


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("rollback")
    except duckdb.Error as error:  # nothing was open: the failure came before `begin`, or ended the instance
        if isinstance(error, duckdb.FatalException):
            raise StoreUnavailable("database_failed", query="rollback") from error
