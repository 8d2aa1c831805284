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

from catalogue.errors import Conflict, ImportRejected, Invalid, Issue, NotFound, StaleVersion
from catalogue.model.actor import Actor, Role
from catalogue.model.change import TextChanged, Withheld
from catalogue.model.content import content_hash
from catalogue.model.listing import Listed
from catalogue.model.procedure import search_text
from catalogue.model.quality import Problem
from catalogue.services import batches, imports
from catalogue.services.batches import BatchReport
from catalogue.services.imports import Incoming
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
DAY = date(2026, 7, 31)
EARLIER = date(2025, 4, 28)

PARTS = frozenset({"name", "field_name", "issuing_agency_text", "implementing"})

LICENCE = Listed(
    row=3,
    procedure_code="1.000001",
    content={
        "name": "Cấp phép xây dựng",
        "field_name": "Hoạt động xây dựng",
        "issuing_agency_text": "Bộ Xây dựng",
        "implementing": ["Sở Xây dựng", "Bộ Y tế"],
    },
    raw={"Mã số": "1.000001"},
)
CARD = Listed(
    row=4,
    procedure_code="2.000460.H19",
    content={"name": "Cấp thẻ", "field_name": "Quản lý xuất nhập cảnh", "issuing_agency_text": "Bộ Công an"},
)


def but(listed: Listed, row: int | None = None, code: str | None = None, **content: Any) -> Listed:
    """The same row with something else said."""
    return replace(
        listed,
        row=row or listed.row,
        procedure_code=code or listed.procedure_code,
        content=listed.content | content,
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
    *listed: Listed,
    day: date = DAY,
    issues: tuple[Issue, ...] = (),
    left_out: int = 0,
    parts: frozenset[str] = PARTS,
    keeps_silent: bool = False,
    source: str = "portal_list",
) -> BatchReport:
    content = repr(listed).encode()
    incoming = Incoming(
        source=source,
        file_name="list.xlsx",
        sha256=sha256(content).hexdigest(),
        content=content,
        observed_on=day,
        listed=listed,
        parts=parts,
        issues=issues,
        rows_read=len(listed) + left_out,
        lists_all=True,
        keeps_silent=keeps_silent,
        headers={"issuing_agency_text": "Cơ quan ban hành", "name": "Tên"},
    )
    return imports.stage(installation, incoming)


def take(installation: Installation, *listed: Listed, day: date = DAY) -> BatchReport:
    return imports.accept(installation, stage(installation, *listed, day=day).batch_id)


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
    assert batches.report(installation, report.batch_id) == report


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
        "content_hash": content_hash(LICENCE.content),
        "search_text": search_text("1.000001", "Cấp phép xây dựng", "Hoạt động xây dựng"),
        "details": "{}",
        "revision": 1,
    }
    assert [
        (row["position"], row["role"], row["agency_text"], row["agency_code"])
        for row in rows(installation, "procedure_version_agency")
    ] == [(1, "implementing", "Sở Xây dựng", None), (2, "implementing", "Bộ Y tế", "bo-y-te")]
    assert rows(installation, "procedure_version_level") == []
    words = {
        row["version_id"]: json.loads(row["raw"]) for row in rows(installation, "procedure_version_source")
    }
    assert words[version["version_id"]] == {"portal_list": {"Mã số": "1.000001"}}
    (recorded,) = rows(installation, "revision")
    assert recorded["command"] == "import.accept"


def test_the_same_list_again_is_unchanged_and_accepting_it_writes_nothing(installation: Installation) -> None:
    take(installation, LICENCE, CARD)
    again = stage(installation, LICENCE, but(CARD, row=9))
    assert counts(again) == (0, 0, 2, 0)
    accepted = imports.accept(installation, again.batch_id)
    assert (accepted.state, accepted.has_problems) == ("accepted", False)
    assert (len(rows(installation, "procedure_version")), revisions(installation)) == (2, 1)


@pytest.mark.parametrize(
    "changed",
    [
        but(LICENCE, name="Cấp giấy phép xây dựng"),
        but(LICENCE, field_name="Nhà ở"),
        but(LICENCE, issuing_agency_text="Bộ xây dựng (Giao thông vận tải cũ)"),
        but(LICENCE, implementing=["Sở Xây dựng"]),
    ],
)
def test_any_word_a_list_says_makes_a_version(installation: Installation, changed: Listed) -> None:
    take(installation, LICENCE, day=EARLIER)
    report = take(installation, changed)
    assert counts(report) == (0, 1, 0, 0)
    assert len(rows(installation, "procedure")) == 1
    assert [row["effective_date"] for row in rows(installation, "procedure_version")] == [EARLIER, DAY]


def test_the_order_of_agencies_and_rows_says_nothing(installation: Installation) -> None:
    take(installation, LICENCE, CARD)
    turned = but(LICENCE, implementing=["Bộ Y tế", "Sở Xây dựng"])
    assert counts(stage(installation, CARD, turned)) == (0, 0, 2, 0)


def test_a_new_version_keeps_what_a_list_does_not_say(installation: Installation) -> None:
    before = _older_version(installation)
    take(installation, but(LICENCE, name="Tên mới"))
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
        new
        | {
            "position": 1,
            "document_text": "Luật Xây dựng",
            "document_id": 9,
            "number": None,
            "issued_on": None,
        }
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
                    "name": LICENCE.content["name"],
                    "field_name": LICENCE.content["field_name"],
                    "issuing_agency": "bo-xay-dung",
                    "issuing_agency_text": "Bộ Xây dựng",
                    "is_vertical": True,
                    "procedure_type": "decentralised",
                    "decision_id": 7,
                    "source": origin,
                    "content_hash": "older",
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
            [{"version_id": version_id, "position": 1, "document_text": "Luật Xây dựng", "document_id": 9}],
        )
    return version_id


def test_a_list_does_not_bring_back_what_was_abolished(installation: Installation) -> None:
    _older_version(installation, in_force=False)
    report = take(installation, LICENCE)
    assert counts(report) == (0, 0, 1, 0)
    assert ("listed_after_abolition", EARLIER.isoformat()) in [
        (issue.rule, issue.value) for issue in report.issues
    ]
    assert [row["in_force"] for row in rows(installation, "procedure_version")] == [False]


def test_a_source_that_agreed_and_then_lags_turns_nothing_back(installation: Installation) -> None:
    take(installation, LICENCE)
    imports.accept(installation, stage(installation, LICENCE, source="portal_detail").batch_id)
    take(installation, but(LICENCE, name="Tên mới"))
    lagging = stage(installation, LICENCE, source="portal_detail")
    assert counts(lagging) == (0, 0, 1, 0)
    assert [issue.column for issue in lagging.issues] == ["Tên"]


def test_an_older_list_is_compared_with_its_own_day(installation: Installation) -> None:
    take(installation, LICENCE)
    report = take(installation, but(LICENCE, name="Tên cũ"), CARD, day=EARLIER)
    assert counts(report) == (2, 0, 0, 0)
    assert len(rows(installation, "procedure")) == 2
    assert counts(stage(installation, LICENCE)) == (0, 0, 1, 0)
    today = rows(installation, f"procedure_at(date '{DAY}', 99)")
    assert [row["name"] for row in today] == ["Cấp phép xây dựng", "Cấp thẻ"]


def test_missing_is_reported_per_issuing_agency_and_never_acted_upon(installation: Installation) -> None:
    other = [but(LICENCE, n + 10, f"1.00001{n}") for n in range(3)]
    take(installation, LICENCE, CARD, *other)
    report = take(installation, LICENCE)
    assert counts(report) == (0, 0, 1, 3)
    assert report.missing_by_agency == {"Bộ Xây dựng": 3}  # nothing of Bộ Công an, which this list is not by
    assert all(row["in_force"] for row in rows(installation, "procedure_version"))
    left_out, total = batches.preview(installation, report.batch_id, change="missing")
    assert (total, [row.procedure_code for row in left_out]) == (
        3,
        ["1.000010", "1.000011", "1.000012"],
    )
    assert [(row.before is not None, row.after) for row in left_out] == [(True, None)] * 3


def test_demonstration_rows_are_never_missing(installation: Installation) -> None:
    _older_version(installation, origin="demo")
    report = stage(installation, but(LICENCE, code="1.000002"))
    assert (report.rows_missing, report.missing_by_agency) == (0, {})


def test_an_agency_named_in_passing_misses_nothing_and_is_said(installation: Installation) -> None:
    built = [but(LICENCE, n + 10, f"1.1{n:05}") for n in range(40)]
    issued = [but(CARD, n + 100, f"2.2{n:05}") for n in range(60)]
    take(installation, *built)
    report = stage(installation, *issued, built[0])
    assert counts(report) == (60, 0, 1, 0)
    assert report.issues == (Issue("agency_in_passing", "warning", "list.xlsx", value="Bộ Xây dựng"),)
    assert not report.has_problems
    assert stage(installation, *issued[:20], built[0]).missing_by_agency == {"Bộ Xây dựng": 39}


def test_an_unknown_agency_is_kept_as_text_and_said_once(installation: Installation) -> None:
    unknown = but(LICENCE, issuing_agency_text="Cơ quan lạ")
    second = but(unknown, 9, "1.000009")
    report = stage(installation, second, unknown)
    assert report.issues == (
        Issue("agency_unknown", "warning", "list.xlsx", None, 3, "Cơ quan ban hành", "Cơ quan lạ"),
    )
    imports.accept(installation, report.batch_id)
    version = rows(installation, "procedure_version")[0]
    assert (version["issuing_agency"], version["issuing_agency_text"]) == (None, "Cơ quan lạ")
    assert take(installation, unknown).missing_by_agency == {"Cơ quan lạ": 1}


def test_empty_agency_and_field_are_kept_as_nothing(installation: Installation) -> None:
    bare = but(LICENCE, issuing_agency_text="", field_name="", implementing=[])
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
    states = batches.find(installation).select("batch_id", "state").rows()
    assert states == [(second.batch_id, "staged"), (other.batch_id, "staged"), (first.batch_id, "replaced")]
    assert batches.preview(installation, first.batch_id) == ([], 0)
    with pytest.raises(Conflict, match="batch_replaced_already"):
        imports.accept(installation, first.batch_id)
    imports.accept(installation, second.batch_id)
    stage(installation, LICENCE)
    assert batches.report(installation, second.batch_id).state == "accepted"


def test_a_batch_is_accepted_once(installation: Installation) -> None:
    report = take(installation, LICENCE)
    with pytest.raises(Conflict, match="batch_accepted_already"):
        imports.accept(installation, report.batch_id)
    for wrong in (0, 99):
        with pytest.raises(NotFound, match="batch_not_found"):
            imports.accept(installation, wrong)
        with pytest.raises(NotFound, match="batch_not_found"):
            batches.preview(installation, wrong)
    assert revisions(installation) == 1


def test_a_comparison_that_was_overtaken_is_made_anew_before_anything_is_written(
    installation: Installation,
) -> None:
    first = stage(installation, LICENCE, CARD)
    second = stage(installation, LICENCE, but(CARD, name="Cấp thẻ mới"))
    imports.accept(installation, first.batch_id)
    with pytest.raises(StaleVersion, match="batch_moved"):
        imports.accept(installation, second.batch_id)
    assert len(rows(installation, "procedure_version")) == 2
    shown, _ = batches.preview(installation, second.batch_id)
    assert [row.change for row in shown] == ["unchanged", "changed"]
    accepted = imports.accept(installation, second.batch_id)
    assert (counts(second), counts(accepted)) == ((2, 0, 0, 0), (0, 1, 1, 0))
    assert len(rows(installation, "procedure_version")) == 3


def test_a_preview_sets_before_and_after_side_by_side(installation: Installation) -> None:
    take(installation, LICENCE, CARD)
    changed = but(LICENCE, name="Tên mới", implementing=["Sở Xây dựng"])
    report = stage(installation, changed, CARD)
    for _ in ("staged", "accepted"):
        (row,), total = batches.preview(installation, report.batch_id, change="changed")
        assert row.before and row.after
        assert (row.before.name, row.after.name, total) == ("Cấp phép xây dựng", "Tên mới", 1)
        assert TextChanged("name", "Cấp phép xây dựng", "Tên mới") in row.changes
        assert row.before.agencies == {"implementing": ("Sở Xây dựng", "Bộ Y tế")}
        if report.state == "staged":
            report = imports.accept(installation, report.batch_id)
    assert batches.preview(installation, report.batch_id, page=2, size=1)[1] == 2


def test_what_is_wrong_with_a_record_is_said_in_the_files_words_and_kept_with_the_version(
    installation: Installation,
) -> None:
    read = Problem("text_normalised", "name", "Cấp [NFD]")
    shouted = replace(but(LICENCE, name="CẤP GIẤY PHÉP XÂY DỰNG NHÀ Ở"), problems=(read,))
    report = stage(installation, shouted)
    assert [(issue.rule, issue.column, issue.procedure_code) for issue in report.issues] == [
        ("text_normalised", "Tên", "1.000001"),
        ("name_in_capitals", "Tên", "1.000001"),
    ]
    imports.accept(installation, report.batch_id)
    kept = [(row["rule"], row["part"]) for row in rows(installation, "procedure_version_problem")]
    assert kept == [("text_normalised", "name"), ("name_in_capitals", "name")]


def test_what_another_source_said_stays_with_its_words_and_what_was_flagged_in_it(
    installation: Installation,
) -> None:
    page = replace(
        but(LICENCE, steps=["Nộp"], channels=[{"way": "Trực tiếp", "time_value": 4, "time_text": "4"}]),
        raw={"trinh_tu": "Nộp"},
    )
    whole = stage(installation, page, day=EARLIER, parts=PARTS | {"steps", "channels"})
    imports.accept(installation, whole.batch_id)
    take(installation, but(LICENCE, name="Tên mới"))
    newest = max(row["version_id"] for row in rows(installation, "procedure_version"))
    (version,) = [row for row in rows(installation, "procedure_version") if row["version_id"] == newest]
    assert json.loads(version["details"])["steps"] == ["Nộp"]
    (words,) = [row for row in rows(installation, "procedure_version_source") if row["version_id"] == newest]
    assert json.loads(words["raw"]) == {"portal_list": {"Mã số": "1.000001"}}
    flagged = [row for row in rows(installation, "procedure_version_problem") if row["version_id"] == newest]
    assert [(row["rule"], row["part"]) for row in flagged] == [("time_without_unit", "channels")]


def test_a_part_that_a_source_carries_but_leaves_empty_becomes_unknown(installation: Installation) -> None:
    take(installation, LICENCE, day=EARLIER)
    report = stage(installation, but(LICENCE, field_name=None))
    (row,), _ = batches.preview(installation, report.batch_id, change="changed")
    assert row.changes == (Withheld("field_name", "Hoạt động xây dựng"),)


def test_a_source_that_is_silent_clears_nothing_and_its_silence_is_said(installation: Installation) -> None:
    take(installation, LICENCE, day=EARLIER)
    silent = stage(installation, but(LICENCE, field_name=None, name="Tên mới"), keeps_silent=True)
    assert [(issue.rule, issue.column) for issue in silent.issues] == [("part_not_given", "field_name")]
    (row,), _ = batches.preview(installation, silent.batch_id, change="changed")
    assert row.changes == (TextChanged("name", "Cấp phép xây dựng", "Tên mới"),)
    imports.accept(installation, silent.batch_id)
    newest = rows(installation, "procedure_version")[-1]
    assert (newest["name"], newest["field_name"]) == ("Tên mới", "Hoạt động xây dựng")
    assert counts(stage(installation, but(LICENCE, name="Tên mới"))) == (0, 0, 1, 0)


def test_two_sources_that_disagree_do_not_go_back_and_forth(installation: Installation) -> None:
    other = but(LICENCE, implementing=["Sở Xây dựng"])
    take(installation, LICENCE)
    imports.accept(installation, stage(installation, other, source="portal_detail").batch_id)
    for said, source in ((LICENCE, "portal_list"), (other, "portal_detail"), (LICENCE, "portal_list")):
        again = stage(installation, said, source=source)
        assert counts(again) == (0, 0, 1, 0)
        disagreeing = [issue.column for issue in again.issues if issue.rule == "sources_disagree"]
        assert disagreeing == (["implementing"] if source == "portal_list" else [])
        imports.accept(installation, again.batch_id)
    assert len(rows(installation, "procedure_version")) == 2
    assert counts(stage(installation, but(LICENCE, implementing=["UBND cấp xã"]))) == (0, 1, 0, 0)


def test_a_rejected_batch_writes_nothing_and_is_over(installation: Installation) -> None:
    report = stage(installation, LICENCE)
    with pytest.raises(Invalid):
        imports.reject(installation, report.batch_id, "  ")
    rejected = imports.reject(installation, report.batch_id, "Tệp cũ")
    assert (rejected.state, rejected.comment) == ("rejected", "Tệp cũ")
    assert rows(installation, "procedure") == []
    with pytest.raises(Conflict, match="batch_rejected_already"):
        imports.accept(installation, report.batch_id)


def test_the_bytes_are_kept_once(installation: Installation) -> None:
    first = stage(installation, LICENCE)
    second = stage(installation, LICENCE)
    assert batches.file_of(installation, second.batch_id) == repr((LICENCE,)).encode()
    assert first.sha256 == second.sha256
    assert len(rows(installation, "batch_content")) == 1


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
    by = Actor(7, "vpcp", "Nguyễn Văn A", Role.REVIEWER)
    imports.accept(installation, stage(installation, LICENCE).batch_id, by=by)
    assert rows(installation, "revision")[0]["actor_id"] == 7
