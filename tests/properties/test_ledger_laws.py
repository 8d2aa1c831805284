"""The one reading rule against a replay in plain Python, and the revision chain against any single change."""

import json
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.model.claim import ClaimKind
from catalogue.model.period import Moment
from catalogue.services import audit, claims, enactment, figures, items
from catalogue.services.installation import Installation
from catalogue.settings import Settings
from catalogue.store import chain
from catalogue.store.database import Database
from catalogue.working_days import next_midnight
from tests.properties.test_workflow import PDF, actors, build

START = date(2024, 1, 1)
STAGES = ("assigned", "approved", "enacted", "published", "confirmed")
DATES = [f"{stage}_on" for stage in STAGES]
Fact = dict[str, Any]

facts = st.builds(
    lambda subject, holds, day, due: {
        "subject": subject,
        "holds": holds or subject == "deadline",
        "effective_date": START + timedelta(days=day),
        "deadline": START + timedelta(days=due) if subject == "deadline" else None,
    },
    subject=st.sampled_from([*STAGES, "deadline"]),
    holds=st.booleans(),
    day=st.integers(0, 4),
    due=st.integers(0, 40),
)
revisions = st.lists(st.lists(facts, min_size=1, max_size=4), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def ledger(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One database for the module: every example writes an item of its own."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("ledger"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen)
    yield installation
    installation.database.close()


def new_item(ledger: Installation, programme: str = figures.DECENTRALISATION) -> int:
    with ledger.database.transaction("item") as transaction:
        item_id = transaction.new_id()
        transaction.append(
            "item",
            [{"item_id": item_id, "programme_code": programme, "assigned_by": 1, "subject": str(item_id),
              "title": "Việc", "lead_agency": "bo-y-te"}],
        )  # fmt: skip
    return item_id


def record(ledger: Installation, item_id: int, found: Sequence[Fact]) -> list[Fact]:
    """Write facts in one revision; returns them as they were written."""
    with ledger.database.transaction("facts") as transaction:
        rows = [{"event_id": transaction.new_id(), "item_id": item_id, **fact} for fact in found]
        transaction.append("item_event", rows)
        enactment.replay(transaction, [item_id])
        return [row | {"revision": transaction.revision} for row in rows]


def replay(history: Sequence[Fact], as_of: date, known: int) -> Fact | None:
    """What holds on a day by what was known: the last fact of each subject, on one date the one recorded later.

    It holds since the first of the days from which every later day's last fact said the same.
    """
    seen = [fact for fact in history if fact["effective_date"] <= as_of and fact["revision"] <= known]
    if not seen:
        return None
    seen.sort(key=lambda fact: (fact["effective_date"], fact["event_id"]))
    last = {fact["subject"]: fact for fact in seen}
    due = [fact["deadline"] for fact in seen if fact["subject"] == "deadline"]
    since: dict[str, tuple[date, bool]] = {}
    for stage in STAGES:
        of_day = {fact["effective_date"]: fact["holds"] for fact in seen if fact["subject"] == stage}
        for day, holds in of_day.items():
            if stage not in since or since[stage][1] != holds:
                since[stage] = (day, holds)
    held = {stage: since[stage][0] if stage in since and since[stage][1] else None for stage in STAGES}
    left = "assigned" in last and not last["assigned"]["holds"]
    done, deadline = held["enacted"], due[-1] if due else None
    if done is not None:
        state = "done_in_time" if deadline is None or done <= deadline else "done_late"
    elif deadline is None:
        state = "no_deadline"
    elif deadline < as_of:
        state = "overdue"
    else:
        state = "due_soon" if deadline <= as_of + timedelta(days=30) else "in_time"
    return {
        **{f"{stage}_on": day for stage, day in held.items()},
        "in_base": held["assigned"] is not None,
        "left_on": since["assigned"][0] if left else None,
        "original_deadline": due[0] if due else None,
        "current_deadline": deadline,
        "extensions": max(len(due) - 1, 0),
        "done_on": done,
        "deadline_state": state,
    }


def read(ledger: Installation, item_id: int, clocks: Sequence[tuple[date, int]]) -> list[Fact | None]:
    """item_at() of one item for each pair of clocks, in one query."""
    text = " union all by name ".join(
        f"select {place} as place, * from item_at(date '{as_of}', {known}) where item_id = {item_id}"
        for place, (as_of, known) in enumerate(clocks)
    )
    rows = ledger.database._connection.cursor().sql(text).pl().rows(named=True)
    found = {row["place"]: row for row in rows}
    return [found.get(place) for place in range(len(clocks))]


@settings(max_examples=12, deadline=None)
@given(history=revisions, later=st.lists(facts, min_size=1, max_size=4), data=st.data())
def test_the_view_is_the_replay_for_every_pair_of_clocks(
    ledger: Installation, history: list[list[Fact]], later: list[Fact], data: st.DataObject
) -> None:
    item_id = new_item(ledger)
    written: list[Fact] = []
    for found in history:
        written += record(ledger, item_id, found)
    first = written[0]["revision"]
    places = st.tuples(st.integers(-1, 4), st.integers(-1, len(history) - 1))
    asked = data.draw(st.sets(places, min_size=4, max_size=8)) | {(4, len(history) - 1)}
    clocks = [(START + timedelta(days=day), first + place) for day, place in sorted(asked)]
    before = read(ledger, item_id, clocks)
    for (as_of, revision), row in zip(clocks, before, strict=True):
        expected = replay(written, as_of, revision)
        assert (row is None) == (expected is None)
        if row is not None and expected is not None:
            assert {name: row[name] for name in expected} == expected
    record(ledger, item_id, later)  # what is recorded later never changes what was known before
    assert read(ledger, item_id, clocks) == before


@settings(max_examples=10, deadline=None)
@given(history=st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=6))
def test_the_last_point_of_the_curve_is_the_count(
    ledger: Installation, history: list[tuple[int, bool]]
) -> None:
    stays_in_base(ledger, figures.SIMPLIFICATION, history)
    revision = ledger.moment().revision
    for day in range(5):
        curve_is_the_count(
            ledger, figures.SIMPLIFICATION, Moment(START + timedelta(days=day), None, revision)
        )


def stays_in_base(ledger: Installation, programme: str, history: list[tuple[int, bool]]) -> int:
    """An item that is assigned on the first day and enacted, reopened, enacted … on later ones."""
    item_id = new_item(ledger, programme)
    record(ledger, item_id, [{"subject": "assigned", "holds": True, "effective_date": START}])
    for day, holds in history:
        fact = {"subject": "enacted", "holds": holds, "effective_date": START + timedelta(days=day)}
        record(ledger, item_id, [fact])
    return item_id


def curve_is_the_count(ledger: Installation, programme: str, moment: Moment) -> None:
    counts = figures.stages(ledger, programme, moment)
    last = {row["stage"]: row["reached"] for row in figures.curve(ledger, programme, moment).rows(named=True)}
    assert {stage: last.get(stage, 0) for stage in STAGES} == {stage: counts[stage] for stage in STAGES}


def test_a_withdrawn_item_leaves_every_stage_of_the_curve(ledger: Installation) -> None:
    item_id = stays_in_base(ledger, "nhiem-vu-giao", [(1, True)])
    record(
        ledger,
        item_id,
        [{"subject": "assigned", "holds": False, "effective_date": START + timedelta(days=3)}],
    )
    curve_is_the_count(ledger, "nhiem-vu-giao", ledger.moment(START + timedelta(days=4)))


def test_changes_known_before_stay_what_they_were(ledger: Installation) -> None:
    item_id = new_item(ledger)
    due = START + timedelta(days=30)
    record(
        ledger, item_id,
        [{"subject": "assigned", "holds": True, "effective_date": START + timedelta(days=10)},
         {"subject": "deadline", "holds": True, "effective_date": START + timedelta(days=10), "deadline": due}],
    )  # fmt: skip
    since, revision = START + timedelta(days=5), ledger.moment().revision

    def changes() -> list[tuple[Any, ...]]:  # asked of the database itself: a kept answer proves nothing
        return ledger.database.read(
            "figures/changes", programme=figures.DECENTRALISATION, as_of=START + timedelta(days=60), revision=revision,
            since=since, since_end=next_midnight(since), organised_on=START,
        ).rows()  # fmt: skip

    before = changes()
    assert before
    record(
        ledger, item_id,
        [{"subject": "deadline", "holds": True, "effective_date": START + timedelta(days=1), "deadline": due}],
    )  # fmt: skip
    assert changes() == before


# -- the chain

values = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**62), 2**62), st.text(max_size=12), st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)  # fmt: skip
rows = st.dictionaries(st.text(min_size=1, max_size=6), values, min_size=1, max_size=5)
histories = st.lists(
    st.dictionaries(st.sampled_from(chain.LEDGER), st.lists(rows, min_size=1, max_size=3), min_size=1, max_size=3),
    min_size=1, max_size=4,
)  # fmt: skip


def head(history: Sequence[dict[str, list[Fact]]]) -> str:
    """The last hash of a history."""
    last = chain.GENESIS
    for number, revision in enumerate(history, 1):
        own = {
            "revision": number,
            "recorded_at": datetime(2024, 3, 21, tzinfo=UTC),
            "actor_id": 1,
            "command": "test",
        }
        last = chain.link(
            last, own, {table: map(chain.canonical, found) for table, found in revision.items()}
        )
    return last


@given(history=histories, data=st.data())
def test_any_change_of_one_field_changes_the_head(
    history: list[dict[str, list[Fact]]], data: st.DataObject
) -> None:
    before = head(history)
    revision = data.draw(st.sampled_from(history))
    row = data.draw(st.sampled_from(data.draw(st.sampled_from(list(revision.values())))))
    field = data.draw(st.sampled_from(sorted(row)))
    own = chain.canonical(row)
    row[field] = data.draw(values)
    assert (head(history) == before) == (chain.canonical(row) == own)


@given(row=rows, data=st.data())
def test_a_fact_has_one_canonical_form(row: Fact, data: st.DataObject) -> None:
    turned = {name: row[name] for name in data.draw(st.permutations(list(row)))}
    assert chain.canonical(turned) == chain.canonical(row)
    assert unicodedata.is_normalized("NFC", chain.canonical(row))


@given(row=rows)
def test_a_fact_is_written_as_it_ever_was(row: Fact) -> None:
    """Hashes in files of every age were made of these very characters."""
    plain = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=chain._plain)
    assert chain.canonical(row) == unicodedata.normalize("NFC", plain)


@given(st.text())
def test_both_normal_forms_of_a_text_have_one_hash(text: str) -> None:
    composed, apart = (
        chain.canonical({"text": unicodedata.normalize(form, text)}) for form in ("NFC", "NFD")
    )
    assert composed == apart
    assert json.loads(composed) == {"text": unicodedata.normalize("NFC", text)}


@given(history=histories, data=st.data())
def test_the_order_of_rows_within_a_revision_is_no_fact(
    history: list[dict[str, list[Fact]]], data: st.DataObject
) -> None:
    before = head(history)
    turned = [
        {table: data.draw(st.permutations(found)) for table, found in reversed(revision.items())}
        for revision in history
    ]
    assert head(turned) == before


@pytest.mark.parametrize("value", [b"x", {1}, object()])
def test_what_is_no_plain_value_is_no_fact(value: object) -> None:
    with pytest.raises(TypeError):
        chain.canonical({"value": value})


@pytest.fixture(scope="module")
def unguarded(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A small true history whose guards are gone: what somebody with the file alone could do."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("unguarded"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen)
    with installation.database.transaction("programme.load") as transaction:
        build(transaction)
    state = items.standings(installation, [1])[1]
    claims.draft(
        installation, actors()["byt"], 1, ClaimKind.OBSTACLE, {"reason": "Chờ luật", "stuck_at": "Thẩm định"},
        item_revision=state["revision"], files=[PDF],
    )  # fmt: skip
    assert audit.check(installation).is_empty()
    connection = installation.database._connection
    for name, table in connection.sql("select trigger_name, table_name from duckdb_triggers()").fetchall():
        connection.execute(f'drop trigger "{name}" on "{table}"').fetchall()
    yield installation
    installation.database.close()


@contextmanager
def changed(database: Database, table: str, place: int, column: str, value: str) -> Iterator[None]:
    """One field of one row is another one, for a while."""
    connection = database._connection.cursor()
    connection.execute(f"create temp table saved as select * from {table} order by rowid").fetchall()
    try:
        connection.execute(
            f'update {table} set "{column}" = {value} '
            f"where rowid = (select rowid from {table} order by rowid limit 1 offset {place})"
        ).fetchall()
        yield
    finally:
        connection.execute(f"delete from {table}").fetchall()
        connection.execute(f"insert into {table} select * from saved").fetchall()
        connection.execute("drop table saved").fetchall()
        connection.close()


_OTHER = {
    "BIGINT": 'coalesce("{0}", 0) + 7000000',
    "VARCHAR": "coalesce(\"{0}\", '') || 'x'",
    "DATE": "coalesce(\"{0}\", date '2024-01-01') + 1",
    "BOOLEAN": 'not coalesce("{0}", false)',
    "JSON": """'{{"reason":"khác"}}'""",
    "TIMESTAMP WITH TIME ZONE": 'coalesce("{0}", now()) - interval 40 days',
    "BLOB": "'khac'::blob",
}


def fields(installation: Installation, tables: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """(table, column, type, rows) of tables that hold rows."""
    connection = installation.database._connection.cursor()
    found = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() where list_contains($tables, table_name)",
        {"tables": list(tables)},
    ).fetchall()
    counts = {table: installation.database.whole(table).height for table in tables}
    return sorted((table, column, kind, counts[table]) for table, column, kind in found if counts[table])


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_one_changed_field_of_one_fact_is_found(unguarded: Installation, data: st.DataObject) -> None:
    table, column, kind, height = data.draw(st.sampled_from(fields(unguarded, chain.LEDGER)))
    place = data.draw(st.integers(0, height - 1))
    try:
        with changed(unguarded.database, table, place, column, _OTHER[kind].format(column)):
            assert audit.broken_revisions(unguarded)
    except duckdb.ConstraintException:  # an enumerated value: the engine refuses it before the chain has to
        pass
    assert audit.broken_revisions(unguarded) == []


@pytest.mark.parametrize("column", ["hash", "previous_hash", "revision"])
def test_a_changed_link_of_the_chain_is_found(unguarded: Installation, column: str) -> None:
    kind = "BIGINT" if column == "revision" else "VARCHAR"
    with changed(unguarded.database, "revision", 0, column, _OTHER[kind].format(column)):
        assert audit.broken_revisions(unguarded)
    assert audit.broken_revisions(unguarded) == []


@pytest.mark.parametrize(
    ("column", "kind"),
    [("recorded_at", "TIMESTAMP WITH TIME ZONE"), ("actor_id", "BIGINT"), ("command", "VARCHAR")],
)
def test_a_revision_recorded_by_another_at_another_time_is_found(
    unguarded: Installation, column: str, kind: str
) -> None:
    with changed(unguarded.database, "revision", 1, column, _OTHER[kind].format(column)):
        assert audit.broken_revisions(unguarded)


def test_changed_evidence_is_found(unguarded: Installation) -> None:
    with changed(unguarded.database, "evidence_content", 0, "content", _OTHER["BLOB"]):
        found = audit.check(unguarded)
        assert not found.filter(pl.col("check") != "guards").is_empty()
