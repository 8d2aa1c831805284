import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from catalogue.errors import Conflict, MigrationFailed, StoreError, StoreUnavailable
from catalogue.services.installation import Installation
from catalogue.store import chain, migrate
from catalogue.store.database import Database
from tests.installations import Clock

FACT = {"item_id": 1, "subject": "assigned", "holds": True, "effective_date": date(2024, 1, 1)}


@pytest.fixture
def database(empty: Installation) -> Database:
    return empty.database


def last(database: Database) -> int:
    row = database.row("revision/last")
    assert row is not None
    return int(row["revision"])


def test_a_transaction_leaves_one_revision_with_its_facts(database: Database) -> None:
    with database.transaction("test") as transaction:
        event_id = transaction.new_id()
        transaction.append("item_event", [FACT | {"event_id": event_id}])
    assert last(database) == 1
    stored = database.whole("item_event").row(0, named=True)
    assert (stored["event_id"], stored["revision"]) == ((1 << 20) + 1, 1)
    revision = database.whole("revision").row(0, named=True)
    assert revision["hash"] == chain.link(chain.GENESIS, revision, {"item_event": [chain.canonical(stored)]})


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_nothing_is_half_written(database: Database, error: type[BaseException]) -> None:
    with pytest.raises(error), database.transaction("test") as transaction:
        transaction.append("item_event", [FACT | {"event_id": transaction.new_id()}])
        raise error
    assert last(database) == 0
    assert database.whole("item_event").is_empty()
    with database.transaction("after"):  # the door is not stuck
        pass
    assert last(database) == 1


def test_a_failed_statement_rolls_everything_back(database: Database) -> None:
    with pytest.raises(Conflict), database.transaction("test") as transaction:
        transaction.append("item_event", [FACT | {"event_id": 7}])
        transaction.append("item_event", [FACT | {"event_id": 7}])
    assert database.whole("item_event").is_empty()


@pytest.mark.parametrize(
    "statement", ["update item_event set holds = false", "delete from item_event", "truncate item_event"]
)
def test_append_only_tables_refuse_change_also_after_reopening(
    database: Database, statement: str, tmp_path: Path
) -> None:
    with database.transaction("test") as transaction:
        transaction.append("item_event", [FACT | {"event_id": transaction.new_id()}])
    copy = tmp_path / "copy.duckdb"
    database.backup(copy)
    reopened = Database.open(copy)
    try:
        for connection in (database._connection, reopened._connection):
            with pytest.raises(duckdb.Error, match="append only"):
                connection.cursor().execute(statement).fetchall()
    finally:
        reopened.close()


def test_a_guard_or_a_view_that_is_gone_or_another_one_is_made_anew_at_the_next_opening(
    database: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    database.backup(copy)
    Database.open(copy).close()
    with duckdb.connect(str(copy)) as connection:
        connection.execute("drop trigger item_event_no_update on item_event")
        connection.execute("create or replace view v_item as select 1 as item_id")
        connection.execute("update made_scripts set views = 'of an older program'")
    again = Database.open(copy)
    try:
        with again.transaction("test") as transaction:
            transaction.append("item_event", [FACT | {"event_id": transaction.new_id()}])
        with pytest.raises(duckdb.Error, match="append only"):
            again._connection.cursor().execute("update item_event set holds = false").fetchall()
        assert "title" in [name for name, _ in again.columns("v_item")]
    finally:
        again.close()


def test_a_bad_query_names_itself_and_no_values(database: Database) -> None:
    with pytest.raises(StoreError) as caught:
        database.read("items/states", wrong="secret")
    assert "items/states" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_known_at_is_the_last_revision_before_the_vietnamese_midnight(
    empty: Installation, clock: Clock
) -> None:
    for moment in (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), datetime(2026, 11, 20, 17, 0, tzinfo=UTC)):
        clock.now = moment
        with empty.database.transaction("test"):
            pass
    assert empty.moment(known_at=date(2026, 11, 19)).revision == 0
    assert empty.moment(known_at=date(2026, 11, 20)).revision == 1
    assert empty.moment(known_at=date(2026, 11, 21)).revision == 2
    assert empty.moment().revision == 2


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.duckdb"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreUnavailable) as caught:
        Database.open(path)
    assert caught.value.code == "database_corrupt"
    assert path.read_bytes().startswith(b"not a database")


def test_a_newer_database_is_refused(empty: Installation, tmp_path: Path) -> None:
    copy = tmp_path / "newer.duckdb"
    empty.database.backup(copy)
    connection = duckdb.connect(str(copy))
    connection.execute("insert into migration values (9999, '9999_later.sql', 'x', now())")
    connection.close()
    with pytest.raises(StoreUnavailable) as caught:
        Database.open(copy)
    assert caught.value.code == "database_newer"


def test_an_edited_migration_is_refused(empty: Installation, tmp_path: Path) -> None:
    copy = tmp_path / "edited.duckdb"
    empty.database.backup(copy)
    connection = duckdb.connect(str(copy))
    connection.execute("update migration set checksum = 'x' where version = 1")
    connection.close()
    with pytest.raises(MigrationFailed):
        Database.open(copy)


def test_a_migration_is_applied_after_a_backup_copy(
    empty: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "old.duckdb"
    empty.database.backup(copy)
    shipped = migrate.available()
    more = migrate.Migration(9000, "9000_more.sql", "create table more (id bigint);")
    monkeypatch.setattr(migrate, "available", lambda: [*shipped, more])
    backups = tmp_path / "backups"
    database = Database.open(copy, backups=backups)
    assert database.whole("more").is_empty()
    database.close()
    (saved,) = backups.iterdir()
    assert "before-9000" in saved.name
    broken = migrate.Migration(9001, "9001_broken.sql", "create table half (id bigint); select nonsense;")
    monkeypatch.setattr(migrate, "available", lambda: [*shipped, more, broken])
    with pytest.raises(MigrationFailed):
        Database.open(copy, backups=backups)
    connection = duckdb.connect(str(copy))
    assert connection.execute(
        "select count(*) from duckdb_tables() where table_name = 'half'"
    ).fetchone() == (0,)
    connection.close()


def test_an_unwritable_directory_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(StoreUnavailable) as caught:
        Database.open(blocked / "catalogue.duckdb")
    assert caught.value.code == "data_dir_unwritable"


def test_a_command_names_the_process_that_holds_the_file(empty: Installation, tmp_path: Path) -> None:
    import os

    environment = {**os.environ, "CATALOGUE_DATA_DIR": str(empty.settings.data_dir)}
    done = subprocess.run(
        [sys.executable, "-m", "catalogue", "figures"], env=environment, capture_output=True, text=True, check=False,
        cwd=Path(__file__).resolve().parents[4],
    )  # fmt: skip
    assert done.returncode == 2
    assert str(os.getpid()) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_comes_back(empty: Installation, tmp_path: Path) -> None:
    with empty.database.transaction("test") as transaction:
        transaction.append("item_event", [FACT | {"event_id": transaction.new_id()}])
    copy, target = tmp_path / "copy.duckdb", tmp_path / "restored" / "catalogue.duckdb"
    empty.database.backup(copy)
    assert Database.restore(copy, target, backups=tmp_path / "kept") is None
    kept = Database.restore(copy, target, backups=tmp_path / "kept")
    assert kept is not None
    assert kept.is_file()
    restored = Database.open(target)
    assert restored.whole("item_event").height == 1
    restored.close()
