"""The demonstration as a whole: repeatable, chained, recorded like a real past."""

import hashlib
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from demo_ledger import Ledger

from catalogue import demo
from catalogue.demo import Demonstration, generate, load
from catalogue.errors import Conflict
from catalogue.reference import Reference, load_reference
from catalogue.store.database import Database
from catalogue.working_days import ZONE, is_working_day


def test_item_state_equals_the_replay(ledger: Ledger) -> None:
    stored = ledger.rows("select * from item_state order by item_id")
    replayed = ledger.rows(
        "select item_id, assigned_on, approved_on, enacted_on, published_on, confirmed_on, left_on, original_deadline, "
        "current_deadline, revision, given_on, gift from v_item_recorded order by item_id"
    )
    assert sum(one != other for one, other in zip(stored, replayed, strict=True)) == 0
    assert len(stored) == 1086 + 8 + 699 + 10


def test_recorded_in_office_hours_and_never_backwards(ledger: Ledger) -> None:
    instants = [at for (at,) in ledger.rows("select recorded_at from revision order by revision")]
    assert instants == sorted(instants)
    local = [at.astimezone(ZONE) for at in instants]
    assert local[0].date() == date(2021, 12, 31)
    assert local[-1] <= datetime(2024, 3, 21, 17, tzinfo=ZONE)
    assert all(is_working_day(at.date()) and 8 <= at.hour < 17 for at in local)


def test_ids_are_unique(ledger: Ledger) -> None:
    for table, key in (
        ("item_event", "event_id"),
        ("document_event", "event_id"),
        ("claim_event", "event_id"),
        ("evidence", "evidence_id"),
        ("procedure_version", "version_id"),
    ):
        assert ledger.one(f"select count(*) - count(distinct {key}) from {table}") == 0


def fingerprint(demonstration: Demonstration) -> str:
    """A short stand-in: comparing the whole would print the whole."""
    return hashlib.sha256(repr(demonstration).encode()).hexdigest()


def test_it_is_generated_the_same_twice_and_loaded_once(
    demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The template was loaded into a database with reference data; a second load finds it there."""
    reference, made = load_reference(), list[Demonstration]()

    def keep(reference: Reference) -> Demonstration:
        made.append(generate(reference))
        return made[-1]

    monkeypatch.setattr(demo, "generate", keep)
    shutil.copy(demo_template, tmp_path / "demo.duckdb")
    database = Database.open(tmp_path / "demo.duckdb")
    before = database.revision
    with pytest.raises(Conflict):
        load(database, reference)
    database.close()
    database = Database.open(tmp_path / "demo.duckdb")
    assert database.revision == before
    database.close()
    (first,) = made
    assert fingerprint(first) == fingerprint(generate(reference))


def test_stored_details_have_the_agreed_shape(ledger: Ledger) -> None:
    sql = """select json_keys(details), count(*) from procedure_version group by 1"""
    found = {tuple(sorted(keys)): count for keys, count in ledger.rows(sql)}
    whole = ("addressees", "channels", "dossier", "requirements", "results", "steps")
    silent = ("channels", "dossier", "requirements", "steps")  # a few flawed records leave parts out
    assert found.keys() == {whole, silent}
    assert 0 < found[silent] < found[whole] / 100
