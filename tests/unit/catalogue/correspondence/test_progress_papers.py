"""The month's report as paper and workbook: its numbers are the report's, and every item behind them is listed."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from catalogue import bootstrap
from catalogue.correspondence import progress_book, progress_file, progress_paper, sheets
from catalogue.errors import Invalid, NotFound
from catalogue.model.period import Moment
from catalogue.model.progress_report import BaseChange, LateCorrection, ProgressReport
from catalogue.model.reporting import Period
from catalogue.services import figures, progress
from catalogue.services.installation import Installation
from catalogue.settings import Settings

PERIOD = "2024-02"
HOSTILE = "=cmd|' /C calc'!A0 \x00\x0b<w:p/> " + "Ự" * 4000


@pytest.fixture(scope="module")
def demo(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One demonstration for every test here: nothing is written."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("reports"))
    shutil.copy(demo_template, settings.database)
    installation = bootstrap.open_catalogue(settings)
    yield installation
    installation.database.close()


@pytest.fixture(scope="module", params=list(figures.PROGRAMMES.values()))
def report(demo: Installation, request: pytest.FixtureRequest) -> ProgressReport:
    return progress_file.report(demo, PERIOD, request.param)


@pytest.fixture(scope="module", params=list(figures.PROCEDURE_PROGRAMMES.values()))
def rated(demo: Installation, request: pytest.FixtureRequest) -> ProgressReport:
    """The report of a programme whose items are all due some day."""
    return progress_file.report(demo, PERIOD, request.param)


def paper(demo: Installation, report: ProgressReport) -> Any:
    return Document(BytesIO(progress_paper.write(demo, report)))


def book(demo: Installation, report: ProgressReport, agency: str | None = None) -> Any:
    return load_workbook(BytesIO(progress_book.write(demo, report, agency)))


def body(word: Any) -> str:
    return "\n".join(paragraph.text for paragraph in word.paragraphs)


def records(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the header, by its names."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=sheets.HEAD + 1)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_paper_says_the_numbers_of_the_report(demo: Installation, rated: ProgressReport) -> None:
    word = paper(demo, rated)
    text, total = body(word), rated.total
    assert "Kính gửi: Thủ tướng Chính phủ" in text
    assert "Tính đến ngày 29/02/2024" in text
    assert f"đã hoàn thành {total.done} (" in text.replace(".", "")
    assert f"{total.overdue} quá hạn" in text
    assert f"phiên bản dữ liệu số {rated.revision}" in text.replace(".", "")
    assert "kỳ đã chốt" in text
    assert "Hoàn thành = đã thực thi" in text
    assert "Dữ liệu trình diễn" in text


def test_the_table_adds_up_to_its_total(demo: Installation, report: ProgressReport) -> None:
    table = paper(demo, report).tables[1]
    heads = [cell.text for cell in table.rows[1].cells]
    rows = [[cell.text.replace(".", "").replace("−", "-") for cell in row.cells] for row in table.rows[2:]]
    *agencies, total = rows
    assert len(agencies) == len(report.rows)
    assert total[1] == "Tổng cộng"
    assert total[heads.index("Giao")] == str(report.total.assigned)
    assert total[heads.index("Hoàn thành")] == str(report.total.done)
    for place, name in enumerate(heads):
        if place > 1 and "%" not in name:
            assert sum(int(row[place]) for row in agencies) == int(total[place]), name


def test_every_item_behind_the_numbers_is_listed(demo: Installation, report: ProgressReport) -> None:
    listed = records(book(demo, report)["Danh sách phương án"])
    assert len(listed) == report.total.assigned
    assert sum(row["Hoàn thành (1/0)"] for row in listed) == report.total.done
    states = [row["Tình trạng thời hạn"] for row in listed]
    assert states.count("Chưa hoàn thành, quá hạn") == report.total.overdue
    assert states.count("Hoàn thành đúng hạn") == report.total.done_in_time
    assert all(isinstance(row["Ngày giao"], date) or row["Ngày giao"].endswith("(suy ra)") for row in listed)


def test_the_workbook_sums_up_to_the_total(demo: Installation, report: ProgressReport) -> None:
    *agencies, total = records(book(demo, report)["Tổng hợp"])
    assert total["Bộ, cơ quan"] == "Tổng cộng"
    assert (total["Giao"], total["Hoàn thành"]) == (report.total.assigned, report.total.done)
    for name, value in total.items():
        if isinstance(value, int) and "%" not in name:
            assert sum(row[name] for row in agencies) == value, name


def test_sheets_can_be_read_filtered_and_printed(demo: Installation, report: ProgressReport) -> None:
    workbook = book(demo, report)
    assert workbook.sheetnames == [
        "Tổng hợp", "Danh sách phương án", "Thay đổi mẫu số", "Điều chỉnh muộn", "Văn bản",
    ]  # fmt: skip
    for sheet in workbook:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == f"${sheets.HEAD + 1}:${sheets.HEAD + 1}"
        assert sheet["A2"].value == progress_paper.source(report)
        assert sheet["A3"].value.startswith("Dữ liệu trình diễn")
    late = records(workbook["Điều chỉnh muộn"])
    assert len(late) == len(report.late_corrections)
    moment = Moment(report.as_of, None, report.revision)
    unissued = figures.bottlenecks(demo, report.programme_code, moment, limit=10_000)
    assert len(records(workbook["Văn bản"])) == unissued.height
    assert unissued.height > len(report.bottlenecks) or report.programme_code == figures.DIRECTIVES


def test_one_ministry_alone(demo: Installation) -> None:
    code = "bo-y-te"
    found = progress_file.report(demo, PERIOD, figures.SIMPLIFICATION, code)
    assert "của Bộ Y tế tháng 02 năm 2024" in body(paper(demo, found))
    listed = records(book(demo, found, code)["Danh sách phương án"])
    assert len(listed) == found.total.assigned
    assert {row["Bộ, cơ quan"] for row in listed} == {"Bộ Y tế"}


def test_an_open_period_says_that_it_may_change(demo: Installation) -> None:
    text = body(paper(demo, progress_file.report(demo, "2024-03", figures.SIMPLIFICATION)))
    assert "Kỳ báo cáo chưa chốt" in text
    assert "kỳ chưa chốt" in text
    assert "Tạm tính đến hết ngày 31/03/2024" in text
    assert "Đã gửi 0/21; 21 chưa gửi, còn hạn đến 05/04/2024." in text
    assert "Không có cơ quan nào chưa gửi" not in text


def test_nothing_assigned_is_said(demo: Installation) -> None:
    nobody = "ubnd-ha-noi"
    found = progress_file.report(demo, PERIOD, figures.SIMPLIFICATION, nobody)
    assert found.total.assigned == 0
    word = paper(demo, found)
    assert "chưa giao phương án, nhiệm vụ nào" in body(word)
    assert records(book(demo, found, nobody)["Danh sách phương án"]) == []


def test_standing_tasks_are_told_without_a_rate(demo: Installation) -> None:
    found = progress_file.report(demo, PERIOD, figures.DIRECTIVES)
    text = body(paper(demo, found))
    assert "10 nhiệm vụ thường xuyên" in text
    assert "không tính tỷ lệ" in text
    assert "%)" not in text
    table = paper(demo, found).tables[1]
    heads = [cell.text for cell in table.rows[1].cells]
    total = [cell.text for cell in table.rows[-1].cells]
    assert (total[heads.index("Thường xuyên")], total[heads.index("Tỷ lệ (%)")]) == ("10", "–")
    (*_, total_row) = records(book(demo, found)["Tổng hợp"])
    assert total_row["Tỷ lệ (%)"] is None
    assert not {"Phê duyệt", "Thực thi", "Công bố"} & set(total_row)
    listed = records(book(demo, found)["Danh sách phương án"])
    assert {row["Ngày giao"] for row in listed} == {"02/05/2018 (suy ra)"}
    assert {row["Tình trạng thời hạn"] for row in listed} == {"Thường xuyên, không tính hạn"}
    assert {row["Bộ, cơ quan"] for row in listed} == {"Các bộ, ngành, địa phương", "Bộ Nội vụ"}


def test_hostile_texts_stay_texts(demo: Installation) -> None:
    found = progress_file.report(demo, PERIOD, figures.SIMPLIFICATION)
    change = BaseChange("withdrawn", "bo-y-te", HOSTILE, 1, found.as_of, HOSTILE, HOSTILE, found.as_of)
    assert found.known_until is not None
    late = LateCorrection(
        1, HOSTILE, None, "bo-y-te", HOSTILE, "enacted_reached", None, found.as_of, found.known_until, None
    )
    found = replace(found, base_changes=(change,), late_corrections=(late,))
    shown = [cell.text for table in paper(demo, found).tables for row in table.rows for cell in row.cells]
    assert any(text.startswith("=cmd|' /C calc'!A0 <w:p/>") and text.endswith("…") for text in shown)
    workbook = book(demo, found)
    cell = workbook["Thay đổi mẫu số"].cell(row=sheets.HEAD + 2, column=5)
    assert cell.data_type == "s"
    assert cell.value.startswith("=cmd|' /C calc'!A0 <w:p/>")
    assert len(cell.value) > 4000
    named = workbook["Điều chỉnh muộn"].cell(row=sheets.HEAD + 2, column=2)
    assert named.data_type == "s"


def test_a_list_too_long_for_paper_says_what_it_leaves_out(demo: Installation) -> None:
    found = progress_file.report(demo, PERIOD, figures.SIMPLIFICATION)
    change = BaseChange("added", "bo-y-te", "Bộ Y tế", 1, found.as_of, "Bổ sung", None, None)
    found = replace(found, base_changes=(change,) * 1500)
    assert "In 200 trong 1.500 dòng" in body(paper(demo, found))
    assert len(records(book(demo, found)["Thay đổi mẫu số"])) == 1500


def test_the_numbers_as_data(demo: Installation, report: ProgressReport) -> None:
    data = json.loads(json.dumps(progress_file.numbers(report)))
    assert data["total"]["done"] == report.total.done
    assert data["total"]["done_change"] == report.total.done_change
    assert data["as_of"] == "2024-02-29"
    assert len(data["rows"]) == len(report.rows)
    people = "Trần Quốc Bảo"
    assert people not in json.dumps(data, ensure_ascii=False)


def test_what_does_not_exist_is_not_reported(demo: Installation) -> None:
    for period, programme, agency in (
        ("2019-01", figures.SIMPLIFICATION, None),
        (PERIOD, "nothing", None),
        (PERIOD, figures.SIMPLIFICATION, "bo-khong-co"),
    ):
        with pytest.raises((NotFound, Invalid)):
            progress_file.report(demo, period, programme, agency)


def test_after_a_merger_items_stand_with_the_agency_that_answers(demo: Installation) -> None:
    """Ministries merged on 1 March 2025: the rows count an item for its successor, and so does the list behind them."""
    merged = date(2025, 3, 31)
    period = Period(0, "2025-03", merged.replace(day=1), merged, date(2025, 4, 7))
    later = replace(demo, fixed_working_date=date(2025, 4, 10))
    for agency in (None, "bo-xay-dung"):
        found = progress.report(later, figures.SIMPLIFICATION, period, agency=agency)
        listed = records(book(later, found, agency)["Danh sách phương án"])
        counted = {row["Bộ, cơ quan"] for row in listed}
        assert counted == {row.agency_name for row in found.rows}
        assert "Bộ Giao thông vận tải" not in counted
        for row in found.rows:
            of_agency = [one for one in listed if one["Bộ, cơ quan"] == row.agency_name]
            assert (len(of_agency), sum(one["Hoàn thành (1/0)"] for one in of_agency)) == (
                row.assigned,
                row.done,
            )
