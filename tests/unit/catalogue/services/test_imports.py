"""Lists into the catalogue: what is compared, what is written, what is only reported."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from typing import Any

import polars as pl
import pytest

from catalogue.errors import Conflict, ImportRejected, Invalid, Issue, NotFound
from catalogue.model.procedure import list_content_hash, search_text
from catalogue.services import imports
from catalogue.services.imports import BatchReport
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from pipelines.contract import Record, frame_of

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
DAY = date(2026, 7, 31)
EARLIER = date(2025, 4, 28)

LICENCE = Record(
    row=3,
    procedure_code="1.000001",
    national_code="1.000001",
    agency_suffix=None,
    name="Cấp phép xây dựng",
    issuing_agency_text="Bộ Xây dựng",
    implementing_agencies=("Sở Xây dựng", "Bộ Y tế"),
    field_text="Hoạt động xây dựng",
    raw='{"Mã số": "1.000001"}',
)
CARD = replace(
    LICENCE,
    row=4,
    procedure_code="2.000460.H19",
    national_code="2.000460",
    agency_suffix="H19",
    name="Cấp thẻ",
    issuing_agency_text="Bộ Công an",
    implementing_agencies=(),
    field_text="Quản lý xuất nhập cảnh",
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file with reference data, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "c.duckdb"
    database = Database.open(path, clock=lambda: NOW)
    open_installation(Settings(data_dir=path.parent, demo=False), database, demo=False)
    database.close()
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    copyfile(template, tmp_path / "c.duckdb")
    database = Database.open(tmp_path / "c.duckdb", clock=lambda: NOW)
    yield database
    database.close()


@pytest.fixture
def installation(tmp_path: Path, database: Database) -> Installation:
    return open_installation(Settings(data_dir=tmp_path, demo=False), database, demo=False)


def stage(
    installation: Installation,
    *records: Record,
    day: date = DAY,
    issues: tuple[Issue, ...] = (),
    left_out: int = 0,
) -> BatchReport:
    return imports.stage(
        installation,
        source="portal_list",
        file_name="list.xlsx",
        sha256=sha256(repr(records).encode()).hexdigest(),
        observed_on=day,
        frame=frame_of(records),
        issues=issues,
        rows_read=len(records) + left_out,
        headers={"issuing_agency_text": "Cơ quan ban hành"},
    )


def take(installation: Installation, *records: Record, day: date = DAY) -> BatchReport:
    return imports.accept(installation, stage(installation, *records, day=day).batch_id)


def counts(report: BatchReport) -> tuple[int, ...]:
    return (report.rows_new, report.rows_changed, report.rows_unchanged, report.rows_missing)


def rows(installation: Installation, table: str) -> list[dict[str, Any]]:
    with installation.database._connection.cursor() as cursor:
        frame: pl.DataFrame = cursor.sql(f"select * from {table} order by all").pl()
    return frame.to_dicts()


def revisions(installation: Installation) -> int:
    return installation.moment().revision


def test_a_first_list_is_staged_whole_and_writes_nothing(installation: Installation) -> None:
    issue = Issue("unusual_code", "warning", "list.xlsx", "Tờ 1", 3, "Mã số", "1.000001")
    report = stage(installation, LICENCE, CARD, issues=(issue,), left_out=1)
    assert (report.state, report.source, report.file_name, report.observed_on) == (
        "staged",
        "portal_list",
        "list.xlsx",
        DAY,
    )
    assert (report.rows_read, report.rows_rejected, counts(report)) == (3, 1, (2, 0, 0, 0))
    assert report.issues == (issue,)
    assert report.has_problems
    assert (rows(installation, "procedure"), revisions(installation)) == ([], 0)
    assert imports.report(installation, report.batch_id) == report


def test_accepting_writes_procedures_versions_and_agencies_in_one_revision(
    installation: Installation,
) -> None:
    report = take(installation, CARD, LICENCE)
    assert (report.state, counts(report), revisions(installation)) == ("accepted", (2, 0, 0, 0), 1)
    assert rows(installation, "procedure") == [
        {
            "procedure_code": "1.000001",
            "national_code": "1.000001",
            "agency_suffix": None,
            "origin": "portal_list",
            "revision": 1,
        },
        {
            "procedure_code": "2.000460.H19",
            "national_code": "2.000460",
            "agency_suffix": "H19",
            "origin": "portal_list",
            "revision": 1,
        },
    ]
    version = rows(installation, "procedure_version")[0]
    assert version == {
        "version_id": (1 << 20) + 1,
        "procedure_code": "1.000001",
        "effective_date": DAY,
        "in_force": True,
        "name": "Cấp phép xây dựng",
        "field_name": "Hoạt động xây dựng",
        "field_code": "bo-xay-dung.hoat-dong-xay-dung",
        "issuing_agency": "bo-xay-dung",
        "issuing_agency_text": "Bộ Xây dựng",
        "is_vertical": None,
        "procedure_type": None,
        "decision_id": None,
        "source": "portal_list",
        "content_hash": list_content_hash(
            "Cấp phép xây dựng", "Hoạt động xây dựng", "Bộ Xây dựng", ["Bộ Y tế", "Sở Xây dựng"]
        ),
        "search_text": search_text("1.000001", "Cấp phép xây dựng", "Hoạt động xây dựng"),
        "details": "{}",
        "revision": 1,
    }
    assert [
        (row["position"], row["role"], row["agency_text"], row["agency_code"])
        for row in rows(installation, "procedure_version_agency")
    ] == [(1, "implementing", "Sở Xây dựng", None), (2, "implementing", "Bộ Y tế", "bo-y-te")]
    assert rows(installation, "procedure_version_level") == []
    (recorded,) = rows(installation, "revision")
    assert recorded["command"] == "import.accept"


def test_the_same_list_again_is_unchanged_and_accepting_it_writes_nothing(installation: Installation) -> None:
    take(installation, LICENCE, CARD)
    again = stage(installation, LICENCE, replace(CARD, row=9))
    assert counts(again) == (0, 0, 2, 0)
    accepted = imports.accept(installation, again.batch_id)
    assert (accepted.state, accepted.has_problems) == ("accepted", False)
    assert (len(rows(installation, "procedure_version")), revisions(installation)) == (2, 1)


@pytest.mark.parametrize(
    "changed",
    [
        replace(LICENCE, name="Cấp giấy phép xây dựng"),
        replace(LICENCE, field_text="Nhà ở"),
        replace(LICENCE, issuing_agency_text="Bộ xây dựng (Giao thông vận tải cũ)"),
        replace(LICENCE, implementing_agencies=("Sở Xây dựng",)),
    ],
)
def test_any_word_a_list_says_makes_a_version(installation: Installation, changed: Record) -> None:
    take(installation, LICENCE, day=EARLIER)
    report = take(installation, changed)
    assert counts(report) == (0, 1, 0, 0)
    assert len(rows(installation, "procedure")) == 1
    assert [row["effective_date"] for row in rows(installation, "procedure_version")] == [EARLIER, DAY]


def test_the_order_of_agencies_and_rows_says_nothing(installation: Installation) -> None:
    take(installation, LICENCE, CARD)
    turned = replace(LICENCE, implementing_agencies=("Bộ Y tế", "Sở Xây dựng"))
    assert counts(stage(installation, CARD, turned)) == (0, 0, 2, 0)


def test_a_new_version_keeps_what_a_list_does_not_say(installation: Installation) -> None:
    before = _older_version(installation)
    take(installation, replace(LICENCE, name="Tên mới"))
    version = next(row for row in rows(installation, "procedure_version") if row["name"] == "Tên mới")
    assert version["version_id"] != before
    assert json.loads(version["details"]) == {"steps": ["Nộp hồ sơ"]}
    assert (version["is_vertical"], version["procedure_type"], version["decision_id"]) == (
        True,
        "decentralised",
        None,
    )
    new = {"version_id": version["version_id"], "revision": 2}
    assert [row for row in rows(installation, "procedure_version_level") if row["revision"] == 2] == [
        new | {"level": "communal"},
        new | {"level": "provincial"},
    ]
    assert [
        (row["role"], row["agency_text"])
        for row in rows(installation, "procedure_version_agency")
        if row["revision"] == 2
    ] == [("competent", "UBND cấp tỉnh"), ("implementing", "Sở Xây dựng"), ("implementing", "Bộ Y tế")]
    assert [row for row in rows(installation, "procedure_version_legal_basis") if row["revision"] == 2] == [
        new | {"position": 1, "document_text": "Luật Xây dựng", "document_id": None}
    ]


def _older_version(installation: Installation, origin: str = "portal_detail", in_force: bool = True) -> int:
    with installation.database.transaction("test.load") as transaction:
        version_id = transaction.new_id()
        transaction.append(
            "procedure", [{"procedure_code": "1.000001", "national_code": "1.000001", "origin": origin}]
        )
        transaction.append(
            "procedure_version",
            [
                {
                    "version_id": version_id,
                    "procedure_code": "1.000001",
                    "effective_date": EARLIER,
                    "in_force": in_force,
                    "name": LICENCE.name,
                    "field_name": LICENCE.field_text,
                    "issuing_agency": "bo-xay-dung",
                    "issuing_agency_text": LICENCE.issuing_agency_text,
                    "is_vertical": True,
                    "procedure_type": "decentralised",
                    "decision_id": 7,
                    "source": origin,
                    "content_hash": list_content_hash(
                        LICENCE.name,
                        LICENCE.field_text,
                        LICENCE.issuing_agency_text,
                        LICENCE.implementing_agencies,
                    ),
                    "search_text": " ",
                    "details": '{"steps": ["Nộp hồ sơ"]}',
                }
            ],
        )
        transaction.append(
            "procedure_version_level",
            [{"version_id": version_id, "level": level} for level in ("provincial", "communal")],
        )
        transaction.append(
            "procedure_version_agency",
            [
                {"version_id": version_id, "role": role, "position": 1, "agency_text": text}
                for role, text in (("implementing", "Sở cũ"), ("competent", "UBND cấp tỉnh"))
            ],
        )
        transaction.append(
            "procedure_version_legal_basis",
            [{"version_id": version_id, "position": 1, "document_text": "Luật Xây dựng"}],
        )
    return version_id


def test_a_procedure_out_of_force_that_is_listed_again_is_changed(installation: Installation) -> None:
    _older_version(installation, in_force=False)
    report = take(installation, LICENCE)
    assert counts(report) == (0, 1, 0, 0)
    assert [row["in_force"] for row in rows(installation, "procedure_version")] == [False, True]


def test_an_older_list_is_compared_with_its_own_day(installation: Installation) -> None:
    take(installation, LICENCE)
    report = take(installation, replace(LICENCE, name="Tên cũ"), CARD, day=EARLIER)
    assert counts(report) == (2, 0, 0, 0)
    assert len(rows(installation, "procedure")) == 2
    assert counts(stage(installation, LICENCE)) == (0, 0, 1, 0)
    today = rows(installation, f"procedure_at(date '{DAY}', 99)")
    assert [row["name"] for row in today] == ["Cấp phép xây dựng", "Cấp thẻ"]


def test_missing_is_reported_per_issuing_agency_and_never_acted_upon(installation: Installation) -> None:
    other = [replace(LICENCE, row=n, procedure_code=f"1.00001{n}") for n in range(3)]
    take(installation, LICENCE, CARD, *other)
    report = take(installation, LICENCE)
    assert counts(report) == (0, 0, 1, 3)
    assert report.missing_by_agency == {"Bộ Xây dựng": 3}  # nothing of Bộ Công an, which this list is not by
    assert all(row["in_force"] for row in rows(installation, "procedure_version"))
    left_out = imports.preview(installation, report.batch_id, change="missing")
    assert left_out["procedure_code"].to_list() == ["1.000010", "1.000011", "1.000012"]


def test_demonstration_rows_are_never_missing(installation: Installation) -> None:
    _older_version(installation, origin="demo")
    report = stage(installation, replace(LICENCE, procedure_code="1.000002"))
    assert (report.rows_missing, report.missing_by_agency) == (0, {})


def test_an_agency_named_in_passing_misses_nothing_and_is_said(installation: Installation) -> None:
    built = [replace(LICENCE, row=n, procedure_code=f"1.1{n:05}") for n in range(40)]
    issued = [replace(CARD, row=n, procedure_code=f"2.2{n:05}") for n in range(60)]
    take(installation, *built)
    report = stage(installation, *issued, built[0])
    assert counts(report) == (60, 0, 1, 0)
    assert report.issues == (Issue("agency_in_passing", "warning", "list.xlsx", value="Bộ Xây dựng"),)
    assert not report.has_problems
    assert stage(installation, *issued[:20], built[0]).missing_by_agency == {"Bộ Xây dựng": 39}


def test_an_unknown_agency_is_kept_as_text_and_said_once(installation: Installation) -> None:
    unknown = replace(LICENCE, issuing_agency_text="Cơ quan lạ")
    second = replace(unknown, row=9, procedure_code="1.000009")
    report = stage(installation, second, unknown)
    assert report.issues == (
        Issue("agency_unknown", "warning", "list.xlsx", None, 3, "Cơ quan ban hành", "Cơ quan lạ"),
    )
    imports.accept(installation, report.batch_id)
    version = rows(installation, "procedure_version")[0]
    assert (version["issuing_agency"], version["issuing_agency_text"]) == (None, "Cơ quan lạ")
    assert take(installation, unknown).missing_by_agency == {"Cơ quan lạ": 1}


def test_empty_agency_and_field_are_kept_as_nothing(installation: Installation) -> None:
    bare = replace(LICENCE, issuing_agency_text="", field_text="", implementing_agencies=())
    take(installation, bare)
    version = rows(installation, "procedure_version")[0]
    assert [
        version[name] for name in ("issuing_agency_text", "issuing_agency", "field_name", "field_code")
    ] == [None] * 4
    assert counts(stage(installation, bare)) == (0, 0, 1, 0)


@pytest.mark.parametrize("rule", sorted(imports.STOPS_BATCH))
def test_a_list_that_is_wrong_as_a_whole_stages_nothing(installation: Installation, rule: str) -> None:
    row_error = Issue("code_missing", row=4)
    with pytest.raises(ImportRejected) as refused:
        stage(installation, LICENCE, issues=(row_error, Issue(rule)), left_out=1)
    assert refused.value.issues == (Issue(rule), row_error)
    assert refused.value.details == {"file": "list.xlsx", "rows_read": 2}
    assert rows(installation, "batch") == []


def test_a_day_that_has_not_come_is_refused(installation: Installation) -> None:
    with pytest.raises(Invalid, match="observed_in_future"):
        stage(installation, LICENCE, day=date(2026, 8, 4))


def test_the_same_bytes_staged_again_replace_the_batch_that_waits(installation: Installation) -> None:
    first = stage(installation, LICENCE, day=EARLIER)
    other = stage(installation, CARD)
    second = stage(installation, LICENCE)
    states = imports.find(installation).select("batch_id", "state").rows()
    assert states == [(second.batch_id, "staged"), (other.batch_id, "staged"), (first.batch_id, "replaced")]
    assert imports.preview(installation, first.batch_id).height == 0
    with pytest.raises(Conflict, match="batch_replaced_already"):
        imports.accept(installation, first.batch_id)
    imports.accept(installation, second.batch_id)
    stage(installation, LICENCE)
    assert imports.report(installation, second.batch_id).state == "accepted"


def test_a_batch_is_accepted_once(installation: Installation) -> None:
    report = take(installation, LICENCE)
    with pytest.raises(Conflict, match="batch_accepted_already"):
        imports.accept(installation, report.batch_id)
    for wrong in (0, 99):
        with pytest.raises(NotFound, match="batch_not_found"):
            imports.accept(installation, wrong)
        with pytest.raises(NotFound, match="batch_not_found"):
            imports.preview(installation, wrong)
    assert revisions(installation) == 1


def test_accepting_compares_again_when_the_catalogue_moved(installation: Installation) -> None:
    first = stage(installation, LICENCE, CARD)
    second = stage(installation, LICENCE, replace(CARD, name="Cấp thẻ mới"))
    imports.accept(installation, first.batch_id)
    accepted = imports.accept(installation, second.batch_id)
    assert (counts(second), counts(accepted)) == ((2, 0, 0, 0), (0, 1, 1, 0))
    assert len(rows(installation, "procedure")) == 2
    assert len(rows(installation, "procedure_version")) == 3
    shown = imports.preview(installation, second.batch_id)
    assert shown["change"].to_list() == ["unchanged", "changed"]


def test_a_preview_sets_before_and_after_side_by_side(installation: Installation) -> None:
    take(installation, LICENCE, CARD)
    changed = replace(LICENCE, name="Tên mới", implementing_agencies=("Sở Xây dựng",))
    report = stage(installation, changed, CARD)
    for _ in ("staged", "accepted"):
        (row,) = imports.preview(installation, report.batch_id, change="changed").to_dicts()
        assert (row["name_before"], row["name"], row["total"]) == ("Cấp phép xây dựng", "Tên mới", 1)
        assert row["implementing_agencies_before"] == ["Sở Xây dựng", "Bộ Y tế"]
        if report.state == "staged":
            report = imports.accept(installation, report.batch_id)
    assert imports.preview(installation, report.batch_id, page=2, size=1)["total"].to_list() == [2]


def test_nothing_is_half_written(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    report = stage(installation, LICENCE, CARD)

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "_close", fail)
    with pytest.raises(KeyboardInterrupt):
        imports.accept(installation, report.batch_id)
    assert (rows(installation, "procedure"), revisions(installation)) == ([], 0)
    monkeypatch.undo()
    assert imports.accept(installation, report.batch_id).state == "accepted"


def test_a_recorded_actor_answers_for_the_revision(installation: Installation) -> None:
    imports.accept(installation, stage(installation, LICENCE).batch_id, actor_id=7)
    assert rows(installation, "revision")[0]["actor_id"] == 7
