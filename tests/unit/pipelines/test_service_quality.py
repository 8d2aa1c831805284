"""Decision 766 scores: read strictly, staged, accepted once; what is wrong is named with its sheet, row and column."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import scores
import sheets
from scores import AN_GIANG, HA_NOI, SO, XA, row
from typer.testing import CliRunner

from catalogue.errors import Conflict, Forbidden, ImportRejected, Invalid, Issue, StaleVersion
from catalogue.i18n import LANGUAGES, Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.model.indicator import parse_period
from catalogue.services import audit, batches, imports, indicator_imports, indicators
from catalogue.services.batches import BatchReport
from catalogue.services.installation import Installation
from pipelines.__main__ import app
from pipelines.indicator_run import month_named
from pipelines.issue_book import issue_book
from pipelines.run import run_snapshot
from pipelines.snapshot import snapshot_of
from pipelines.sources import load_source, source_names

DAY = date(2025, 10, 31)
Person = Callable[[Installation, str], Actor]


def _run(
    installation: Installation,
    content: bytes,
    *,
    accept: bool = False,
    day: date = DAY,
    by: Actor | None = None,
) -> BatchReport:
    snapshot = snapshot_of(Path("qd766.xlsx"), content)
    return run_snapshot(installation, "service_quality", snapshot, day, accept, by=by)


def _of(issues: tuple[Issue, ...], rule: str) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(one.severity, one.sheet, one.row, one.column) for one in issues if one.rule == rule]


def test_sources_of_scores_stand_apart_from_those_of_procedures() -> None:
    assert source_names("indicators") == ("service_quality", "service_quality_day")
    assert not set(source_names()) & set(source_names("indicators"))
    for name in source_names("indicators"):
        assert load_source(name).indicator == "service-quality"


def test_an_export_is_staged_and_then_accepted(empty: Installation) -> None:
    staged = _run(empty, scores.workbook())
    assert (staged.state, staged.rows_read, staged.rows_new, staged.rows_unchanged) == ("staged", 13, 12, 1)
    assert not staged.has_problems
    moment = empty.moment(DAY)
    assert indicators.latest(empty, "service-quality", moment) is None
    accepted = imports.accept(empty, staged.batch_id)
    assert (accepted.state, accepted.rows_new) == ("accepted", 12)
    found = indicators.latest(empty, "service-quality", empty.moment(DAY))
    assert found is not None
    assert found.period.text == "2025-10"
    rows = {one["agency_code"]: one for one in found.agencies.iter_rows(named=True)}
    assert (rows["ubnd-ha-noi"]["value"], rows["ubnd-an-giang"]["value"]) == (90.0, 86.74)
    assert (rows["ubnd-an-giang"]["rank"], rows["ubnd-an-giang"]["rank_basis"]) == (2, "printed")
    assert (found.coverage.valued, found.coverage.of) == (2, 34)
    parts = found.components.filter(found.components["agency_code"] == "ubnd-ha-noi")
    assert dict(parts.select("component", "value").iter_rows()) == {
        "TDGQ": 19.0,
        "MDHL": 17.0,
        "MDSH": 20.0,
        "TTTT": 10.0,
        "CLGQ": 8.0,
        "CKMB": 16.0,
    }
    assert audit.check(empty).is_empty()


def test_departments_and_communes_are_ranked_apart(empty: Installation) -> None:
    _run(empty, scores.workbook(), accept=True)
    moment = empty.moment(DAY)
    ranked = {}
    for group in ("departments", "communes"):
        found = indicators.latest(empty, "service-quality", moment, group=group, within="ubnd-an-giang")
        assert found is not None
        ranked[group] = found.agencies.select("unit_code", "rank", "rank_of", "file_rank").rows()
    assert ranked["departments"] == [("H01.01", 1, 2, 1), ("H01.10", 2, 2, 4)]
    assert ranked["communes"] == [("H01.187", 1, 2, 2), ("H01.174", 2, 2, 3)]


def test_what_a_reader_has_to_know_is_noted(empty: Installation) -> None:
    issues = _run(empty, scores.workbook()).issues
    normal = ("warning", "Điểm tháng", 3, "MA_COQUAN")
    assert normal in _of(issues, "agency_code_normalised")
    assert [one.value for one in issues if one.rule == "rank_mixed"] == ["Sở Ban, Xã Phường: 1–4"]
    assert [one.value for one in issues if one.rule == "series_breaks"] == ["2025-Q2 | 2025-Q3"]
    absent = [one.value or "" for one in issues if one.rule == "agencies_without_row"]
    assert len(absent) == 2
    assert all("Lạng Sơn" in text and "Hà Nội" not in text for text in absent)
    assert {one.severity for one in issues} == {"warning"}


def test_the_trend_goes_to_the_province_of_the_units_and_breaks_at_its_merger(empty: Installation) -> None:
    _run(empty, scores.workbook(), accept=True)
    frame = indicators.of_agency(empty, "ubnd-an-giang", empty.moment(DAY), "service-quality")
    quarters = frame.filter(frame["period_kind"] == "quarter")
    assert quarters.select("period", "value", "break").rows() == [
        ("2025-Q2", 52.0, None),
        ("2025-Q3", 84.2, "agencies"),
        ("2025-Q4", 86.7, "unfinished"),
    ]
    months = frame.filter(frame["period_kind"] == "month")
    assert months.select("period", "value").rows() == [("2025-09", 80.8), ("2025-10", 86.74)]
    year = frame.filter(frame["period_kind"] == "year").row(0, named=True)
    assert (year["period"], year["measured_to"]) == ("2025", DAY)


def test_the_same_bytes_twice_change_nothing(empty: Installation) -> None:
    _run(empty, scores.workbook(), accept=True)
    revision = empty.moment().revision
    again = _run(empty, scores.workbook(), accept=True)
    assert (again.state, again.rows_new, again.rows_changed, again.rows_unchanged) == ("accepted", 0, 0, 13)
    assert empty.moment().revision == revision
    assert len(empty.database.whole("indicator_value")) == 8 * 7 + 4


def test_the_same_bytes_staged_again_replace_what_waits(empty: Installation) -> None:
    first, second = _run(empty, scores.workbook()), _run(empty, scores.workbook())
    assert batches.report(empty, first.batch_id).state == "replaced"
    with pytest.raises(Conflict):
        imports.accept(empty, first.batch_id)
    assert imports.accept(empty, second.batch_id).rows_new == 12


def test_a_corrected_file_takes_the_place_of_what_was_recorded(empty: Installation) -> None:
    _run(empty, scores.workbook(), accept=True)
    before = empty.moment(DAY)
    better = row("UBND Thành phố Hà Nội", "H26", "20 17 20 10 8 16", "91", "1")
    report = _run(empty, scores.workbook(month=(better, AN_GIANG)), accept=True)
    assert (report.rows_new, report.rows_changed, report.rows_unchanged) == (0, 1, 12)

    def value(moment: Any) -> float:
        frame = indicators.of_agency(empty, "ubnd-ha-noi", moment, "service-quality")
        return float(frame.filter(frame["period"] == "2025-10")["value"][0])

    assert (value(before), value(empty.moment(DAY))) == (90.0, 91.0)
    assert audit.check(empty).is_empty()


def test_a_trend_of_a_later_file_does_not_replace_a_whole_row(empty: Installation) -> None:
    _run(empty, scores.workbook(), accept=True)
    november = scores.workbook(months=((10, "2025", 86.7), (11, "2025", 86.7)))
    report = _run(empty, november, accept=True, day=date(2025, 11, 15))
    frame = indicators.of_agency(empty, "ubnd-an-giang", empty.moment(date(2025, 11, 15)), "service-quality")
    assert frame.filter(frame["period"] == "2025-10")["value"].to_list() == [86.74]
    assert not report.has_problems
    assert "trend_differs_recorded" not in {one.rule for one in report.issues}


def test_a_trend_that_differs_from_what_is_recorded_is_told(empty: Installation) -> None:
    _run(empty, scores.workbook(), accept=True)
    november = scores.workbook(month=(), months=((10, "2025", 84.1), (11, "2025", 86.7)))
    report = _run(empty, november, day=date(2025, 11, 15))
    told = [one for one in report.issues if one.rule == "trend_differs_recorded"]
    assert [(one.severity, one.value) for one in told] == [("warning", "2025-10: 84.1 ≠ 86.74")]


def test_a_comparison_that_does_not_hold_any_more_is_made_anew(empty: Installation) -> None:
    waiting = _run(empty, scores.workbook())
    other = row("UBND Thành phố Hà Nội", "H26", "20 17 20 10 8 16", "91", "1")
    _run(empty, scores.workbook(month=(other, AN_GIANG)), accept=True)
    with pytest.raises(StaleVersion):
        imports.accept(empty, waiting.batch_id)
    again = batches.report(empty, waiting.batch_id)
    assert (again.state, again.rows_new, again.rows_changed) == ("staged", 0, 1)
    assert imports.accept(empty, waiting.batch_id).rows_changed == 1


def test_a_rejected_batch_records_nothing(empty: Installation) -> None:
    staged = _run(empty, scores.workbook())
    imports.reject(empty, staged.batch_id, "nhầm tệp")
    assert empty.database.whole("indicator_value").is_empty()
    with pytest.raises(Conflict):
        imports.accept(empty, staged.batch_id)


WRONG = [
    (
        "components_do_not_add_up",
        row("UBND tỉnh Lào Cai", "H38", "19 17 20 10 8 16", "91", "3"),
        "TONG_SCORE",
    ),
    ("score_out_of_range", row("UBND tỉnh Lào Cai", "H38", "21 17 20 10 8 16", "92", "3"), "TDGQ"),
    ("score_not_a_number", row("UBND tỉnh Lào Cai", "H38", "? 17 20 10 8 16", "71", "3"), "TDGQ"),
    ("score_not_a_number", row("UBND tỉnh Lào Cai", "H38", "-1 17 20 10 8 16", "70", "3"), "TDGQ"),
    ("agency_code_unknown", row("UBND tỉnh Lào Cai", "H99", "19 17 20 10 8 16", "90", "3"), "MA_COQUAN"),
    ("agency_code_unknown", row("UBND tỉnh Lào Cai", "Lào Cai", "19 17 20 10 8 16", "90", "3"), "MA_COQUAN"),
    ("unit_kind_unknown", row("UBND tỉnh Lào Cai", "H38", "19 17 20 10 8 16", "90", "3", "9"), "LOAI_COQUAN"),
    (
        "unit_level_differs",
        row("UBND tỉnh Lào Cai", "H38", "19 17 20 10 8 16", "90", "3", "1", "2"),
        "CAPDONVIID",
    ),
    ("unit_code_differs", row("UBND tỉnh Lào Cai", "H38", "19 17 20 10 8 16", "90", "3", "2"), "MA_COQUAN"),
    ("score_twice", HA_NOI, "MA_COQUAN"),
]


@pytest.mark.parametrize(
    ("rule", "wrong", "column"), WRONG, ids=[f"{n}-{one[0]}" for n, one in enumerate(WRONG)]
)
def test_a_wrong_row_is_left_out_with_its_place(
    empty: Installation, rule: str, wrong: tuple[object, ...], column: str
) -> None:
    report = _run(empty, scores.workbook(month=(HA_NOI, AN_GIANG, wrong)))
    assert _of(report.issues, rule) == [("error", "Điểm tháng", 4, column)]
    assert (report.rows_read, report.rows_rejected, report.has_problems) == (14, 1, True)


@pytest.mark.parametrize("rule", sorted({one[0] for one in WRONG}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_issue_is_said_with_sheet_row_and_column(rule: str, language: str) -> None:
    said = issue_text(Translator(language), Issue(rule, "error", "t.xlsx", "Điểm tháng", 4, "TDGQ", "7"))
    assert "Điểm tháng" in said
    assert "4" in said
    assert "TDGQ" in said


def test_too_many_wrong_rows_stop_the_file(empty: Installation) -> None:
    wrong = tuple(one[1] for one in WRONG[:7])
    with pytest.raises(ImportRejected) as caught:
        _run(empty, scores.workbook(month=(HA_NOI, AN_GIANG, *wrong)))
    assert caught.value.issues[0].rule == "too_many_errors"
    assert empty.database.whole("batch").is_empty()


def test_what_does_not_apply_what_is_empty_and_zero_are_told_apart(empty: Installation) -> None:
    month = (
        HA_NOI,
        row("UBND tỉnh Lào Cai", "H38", "19 17 20 N/A 8 16", "80", "3"),
        row("UBND tỉnh Cao Bằng", "H14", "19 17 20 _ 8 16", "85", "2"),
        row("UBND tỉnh Sơn La", "H52", "0 0 0 0 0 0", "0", "5"),
        row("UBND tỉnh Lai Châu", "H35", "_ _ _ _ _ _", "", "4"),
        row("UBND tỉnh Nghệ An", "H41", "KAD KAD KAD KAD KAD KAD", "Không áp dụng", "6"),
    )
    report = _run(empty, scores.workbook(month=month, months=((9, "2025", 80.8),)), accept=True)
    assert _of(report.issues, "components_incomplete") == [("warning", "Điểm tháng", 4, "TONG_SCORE")]
    found = indicators.standing(empty, "service-quality", empty.moment(DAY), parse_period("2025-10"))
    assert found is not None
    rows = {one["agency_code"]: one for one in found.agencies.iter_rows(named=True)}
    assert (rows["ubnd-lao-cai"]["value"], rows["ubnd-lao-cai"]["out_of"]) == (80.0, 90.0)
    assert (rows["ubnd-son-la"]["state"], rows["ubnd-son-la"]["value"]) == ("value", 0.0)
    assert (rows["ubnd-lai-chau"]["state"], rows["ubnd-nghe-an"]["state"]) == ("missing", "not_applicable")
    assert (found.coverage.valued, found.coverage.partial, found.coverage.not_applicable) == (3, 1, 1)


def test_a_comma_reads_like_a_point(empty: Installation) -> None:
    comma = row("UBND tỉnh Lào Cai", "H38", "19,5 17 20 10 8 16", "90,5", "1")
    report = _run(empty, scores.workbook(month=(comma,)))
    assert not report.has_problems


@pytest.mark.parametrize(
    ("sheet", "cells", "rule"),
    [
        ("months", ((10, "2025", 80.1),), "trend_differs"),
        ("months", ((13, "2025", 80.1),), "period_unknown"),
        ("months", ((12, "2025", 80.1),), "period_unknown"),
        ("quarters", ((5, "2025", 80.1),), "period_unknown"),
        ("quarters", ((1, "2025", 80.1), (1, "2025", 80.2)), "score_twice"),
        ("months", ((9, "2025", "tốt"),), "score_not_a_number"),
    ],
)
def test_a_wrong_trend_is_left_out(
    empty: Installation, sheet: str, cells: tuple[tuple[object, ...], ...], rule: str
) -> None:
    report = _run(empty, scores.workbook(**{sheet: cells}))  # type: ignore[arg-type]
    assert [one.severity for one in report.issues if one.rule == rule] == ["error"]
    assert report.rows_rejected == 1


def test_a_trend_without_units_belongs_to_nobody(empty: Installation) -> None:
    report = _run(
        empty,
        scores.workbook(
            departments=(), communes=(), year=(HA_NOI, AN_GIANG), months=((9, "2025", 80.8),), quarters=()
        ),
    )
    assert [one.rule for one in report.issues if one.severity == "error"] == ["trend_of_nobody"]


def test_a_rank_that_does_not_follow_the_totals_is_noted_and_kept(empty: Installation) -> None:
    swapped = (
        row("UBND Thành phố Hà Nội", "H26", "19 17 20 10 8 16", "90", "2"),
        row("UBND tỉnh Lào Cai", "H38", "18 17 20 10 8 16", "89", "1"),
    )
    report = _run(empty, scores.workbook(month=swapped), accept=True)
    assert [one.value for one in report.issues if one.rule == "rank_differs"] == ["2 ≠ 1", "1 ≠ 2"]
    frame = indicators.of_agency(empty, "ubnd-ha-noi", empty.moment(DAY), "service-quality")
    assert frame.filter(frame["period"] == "2025-10")["rank"].to_list() == [2]


def test_a_name_that_is_not_that_of_the_code_is_noted(empty: Installation) -> None:
    wrong = row("UBND tỉnh Lào Cai", "H26", "19 17 20 10 8 16", "90", "1")
    report = _run(empty, scores.workbook(month=(wrong,)))
    assert _of(report.issues, "agency_name_differs") == [("warning", "Điểm tháng", 2, "TEN_COQUAN")]


def test_an_unknown_sheet_column_or_header_stops_the_file(empty: Installation) -> None:
    with pytest.raises(ImportRejected) as caught:
        _run(empty, sheets.workbook({"Điểm tháng": [scores.HEADER, HA_NOI], "Ghi chú": [["x"]]}))
    assert [(one.rule, one.sheet) for one in caught.value.issues] == [("sheet_not_of_source", "Ghi chú")]
    more = (*scores.HEADER, "THUONG")
    with pytest.raises(ImportRejected) as caught:
        _run(empty, scores.workbook(header=more))
    assert {one.rule for one in caught.value.issues if one.severity == "error"} == {"unknown_column"}
    without = tuple("DIEM" if name == "TONG_SCORE" else name for name in scores.HEADER)
    with pytest.raises(ImportRejected) as caught:
        _run(empty, scores.workbook(header=without))
    assert caught.value.code == "missing_column"


def test_a_file_that_is_no_workbook_is_refused(empty: Installation) -> None:
    with pytest.raises(ImportRejected):
        _run(empty, b"PK\x03\x04 garbage")


def test_only_who_may_decide_accepts_and_no_ministry_brings_scores(
    empty: Installation, demo: Installation, person: Person
) -> None:
    with pytest.raises(Forbidden):
        _run(demo, scores.workbook(), by=person(demo, "byt"))
    with pytest.raises(Forbidden):
        _run(demo, scores.workbook(), by=person(demo, "lanhdao"))
    staged = _run(demo, scores.workbook(), by=person(demo, "vpcp"))
    with pytest.raises(Forbidden):
        imports.accept(demo, staged.batch_id, by=person(demo, "byt"))
    rows, total = indicator_imports.preview(
        demo, staged.batch_id, change="new", size=5, by=person(demo, "vpcp")
    )
    assert (len(rows), total) == (5, 12)
    assert imports.accept(demo, staged.batch_id, by=person(demo, "vpcp")).state == "accepted"


def test_a_day_to_come_is_refused(empty: Installation) -> None:
    with pytest.raises(Invalid):
        _run(empty, scores.workbook(), day=date(2027, 1, 31))


def test_the_issues_come_back_as_a_workbook(empty: Installation) -> None:
    content = scores.workbook(month=(HA_NOI, AN_GIANG, WRONG[0][1]))
    report = _run(empty, content)
    book = issue_book(
        snapshot_of(Path("qd766.xlsx"), content),
        load_source("service_quality"),
        report.issues,
        Translator("vi"),
    )
    assert book.startswith(b"PK")


DAY_TABLE = """department_code,department_name,total_score,score_delta,CKMB,TDGQ,CLGQ,TTTT,MDHL,MDSH
H20,UBND tỉnh Đồng Tháp,68.32,24.71,11.45,17.72,8.83,6.22,14.45,9.65
H26,UBND Thành phố Hà Nội,52.96,3.73,11.37,15.23,7.62,4.04,6.93,7.77
"""


def test_the_table_of_one_day(empty: Installation) -> None:
    snapshot = snapshot_of(Path("scores-2026-09-17.csv"), DAY_TABLE.encode())
    report = run_snapshot(empty, "service_quality_day", snapshot, accept=True)
    assert (report.rows_new, report.observed_on, report.has_problems) == (2, date(2026, 9, 17), False)
    found = indicators.latest(empty, "service-quality", empty.moment(date(2026, 9, 17)))
    assert found is not None
    assert (found.period.text, found.coverage.valued) == ("2026-09-17", 2)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("2025-10", date(2026, 1, 1), date(2025, 10, 31)),
        ("2025-10", date(2025, 10, 12), date(2025, 10, 12)),
        ("2025-10-05", date(2026, 1, 1), date(2025, 10, 5)),
    ],
)
def test_the_period_of_the_command_line(text: str, today: date, day: date) -> None:
    assert month_named(text, today) == day


@pytest.mark.parametrize("text", ["2025", "2025-Q3", "10/2025", "2027-01"])
def test_no_month_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        month_named(text, date(2026, 1, 1))


def test_the_command_stages_accepts_and_refuses(tmp_path: Path) -> None:
    file = tmp_path / "diem.xlsx"
    file.write_bytes(scores.workbook())
    runner = CliRunner()
    staged = runner.invoke(app, ["run", "service_quality", str(file), "--period", "2025-10"])
    assert (staged.exit_code, "as of 31/10/2025, staged" in staged.stdout) == (0, True)
    accepted = runner.invoke(app, ["accept", "1"])
    assert (accepted.exit_code, "accepted" in accepted.stdout) == (0, True)
    again = runner.invoke(
        app, ["run", "service_quality", str(file), "--period", "2025-10", "--accept", "--json"]
    )
    assert again.exit_code == 0
    assert '"new": 0' in again.stdout
    for wrong in (["--period", "x"], ["--period", "2025-10", "--observed", "2025-10-31"]):
        assert runner.invoke(app, ["run", "service_quality", str(file), *wrong]).exit_code == 2
    listed = runner.invoke(app, ["run", "portal_list", str(file), "--period", "2025-10"])
    assert listed.exit_code == 2


def test_units_keep_their_code_and_name_under_the_province(empty: Installation) -> None:
    _run(empty, scores.workbook(), accept=True)
    frame = empty.database.whole("indicator_value")
    units = frame.filter(frame["subject"] == "unit").select("agency_code", "unit_code", "unit_name").unique()
    assert units.height == len(SO) + len(XA)
    assert set(units["agency_code"]) == {"ubnd-an-giang"}
    assert "Sở Nội vụ - tỉnh An Giang" in set(units["unit_name"])
