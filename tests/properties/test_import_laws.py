"""Importing twice is importing once; the order of the rows says nothing; every row is accounted for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.model.listing import Listed
from catalogue.services import imports
from catalogue.services.batches import BatchReport
from catalogue.services.imports import Incoming
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
PARTS = frozenset({"name", "field_name", "issuing_agency_text", "implementing", "levels", "channels"})
DAYS = (date(2025, 4, 28), date(2026, 7, 31))

contents = st.fixed_dictionaries(
    {"name": st.sampled_from(["Cấp phép", "Cấp thẻ", "Đổi thẻ"])},
    optional={
        "issuing_agency_text": st.sampled_from(["Bộ Xây dựng", "Bộ Công an", "Cơ quan lạ", ""]),
        "implementing": st.lists(st.sampled_from(["Sở A", "Bộ Y tế", "Xã B"]), unique=True, max_size=3),
        "field_name": st.sampled_from(["Nhà ở", "Căn cước", ""]),
        "levels": st.lists(st.sampled_from(["ministry", "communal"]), unique=True).map(sorted),
        "channels": st.lists(
            st.fixed_dictionaries(
                {"way": st.sampled_from(["Trực tiếp", "Trực tuyến"])},
                optional={"time_value": st.sampled_from([0, 7, "0.5"]), "time_unit": st.just("ngày")},
            ),
            max_size=2,
        ),
    },
)
records = st.builds(
    Listed,
    row=st.just(0),
    procedure_code=st.sampled_from([f"1.00000{n}" for n in range(6)] + ["1.000001.H19"]),
    content=contents,
)
lists = st.lists(records, unique_by=lambda listed: listed.procedure_code, min_size=1, max_size=7).map(
    lambda found: [replace(record, row=row) for row, record in enumerate(found, start=2)]
)
days = st.sampled_from(DAYS)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file with reference data, copied for each example."""
    path = tmp_path_factory.mktemp("template") / "catalogue.duckdb"
    database = Database.open(path, clock=lambda: NOW)
    open_installation(Settings(data_dir=path.parent, demo=False), database, demo=False)
    database.close()
    return path


@contextmanager
def fresh(template: Path) -> Iterator[Installation]:
    with TemporaryDirectory() as folder:
        chosen = Settings(data_dir=Path(folder), demo=False)
        copyfile(template, chosen.database)
        database = Database.open(chosen.database, clock=lambda: NOW)
        try:
            yield open_installation(chosen, database, demo=False)
        finally:
            database.close()


def take(installation: Installation, records: Sequence[Listed], day: date) -> BatchReport:
    content = repr(records).encode()
    incoming = Incoming(
        source="portal_list",
        file_name="list.csv",
        sha256=sha256(content).hexdigest(),
        content=content,
        observed_on=day,
        listed=records,
        parts=PARTS,
        rows_read=len(records),
        lists_all=True,
    )
    report = imports.stage(installation, incoming)
    assert report.rows_read == report.rows_new + report.rows_changed + report.rows_unchanged
    return imports.accept(installation, report.batch_id)


def chain(installation: Installation) -> tuple[int, str]:
    """The head of the revision chain: equal heads mean equal facts."""
    last = installation.database.row("revision/last")
    assert last is not None
    return last["revision"], last["hash"]


@settings(max_examples=5, deadline=None)
@given(before=lists, listed=lists, first=days, day=days)
def test_importing_twice_is_importing_once(
    template: Path, before: list[Listed], listed: list[Listed], first: date, day: date
) -> None:
    with fresh(template) as installation:
        take(installation, before, first)
        once = take(installation, listed, day)
        head = chain(installation)
        twice = take(installation, listed, day)
        assert (twice.rows_new, twice.rows_changed, twice.rows_unchanged) == (0, 0, len(listed))
        assert twice.rows_missing == once.rows_missing
        assert chain(installation) == head


@settings(max_examples=5, deadline=None)
@given(before=lists, listed=lists, data=st.data())
def test_the_order_of_rows_is_irrelevant(
    template: Path, before: list[Listed], listed: list[Listed], data: st.DataObject
) -> None:
    turned = data.draw(st.permutations(listed))
    heads = []
    for order in (listed, turned):
        with fresh(template) as installation:
            take(installation, before, DAYS[0])
            report = take(installation, order, DAYS[1])
            counts = (report.rows_new, report.rows_changed, report.rows_unchanged, report.missing_by_agency)
            heads.append((chain(installation), counts))
    assert heads[0] == heads[1]
