"""The progress report as paper and workbook: its numbers are the services', and every item behind them is listed."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from catalogue import bootstrap
from catalogue.correspondence import progress_book, progress_file, progress_paper, progress_words, sheets
from catalogue.errors import Invalid, NotFound
from catalogue.i18n import Translator
from catalogue.model.pace import Pace
from catalogue.model.period import Moment
from catalogue.model.progress_report import BaseChange, LateCorrection, ProgressReport
from catalogue.model.reporting import Period
from catalogue.services import figures, pace, progress, progress_detail
from catalogue.services.installation import Installation
from catalogue.settings import Settings

pytestmark = pytest.mark.reads_only

PERIOD = "2024-02"
T = Translator("vi")
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


_written: dict[tuple[int, str | None], tuple[ProgressReport, bytes]] = {}


def paper(demo: Installation, report: ProgressReport, agency: str | None = None) -> Any:
    """A report as paper, written once: drawing its charts takes a second."""
    key = id(report), agency  # a report is not hashable; it is held, so that no other gets its id
    if key not in _written:
        _written[key] = report, progress_paper.write(demo, report, agency)
    return Document(BytesIO(_written[key][1]))


def heads(table: Any) -> list[str]:
    """The names of its columns: of two rows of headers the lower one."""
    first, *rest = table.rows
    is_double = bool(rest) and first.cells[0].text == rest[0].cells[0].text
    return [cell.text for cell in (rest[0] if is_double else first).cells]


def by_agency(word: Any) -> Any:
    """The table by agency."""
    return next(table for table in word.tables if "Giao" in heads(table))


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
    table = by_agency(paper(demo, report))
    names = heads(table)
    rows = [[cell.text.replace(".", "").replace("−", "-") for cell in row.cells] for row in table.rows[2:]]
    *agencies, total = rows
    assert len(agencies) == len(report.rows)
    assert total[1] == "Tổng cộng"
    assert total[names.index("Giao")] == str(report.total.assigned)
    assert total[names.index("Hoàn thành")] == str(report.total.done)
    for place, name in enumerate(names):
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
        "Tổng hợp", "Tỷ lệ", "Theo văn bản giao", "Danh sách phương án", "Quá hạn, vướng mắc", "Thay đổi mẫu số",
        "Thay đổi so kỳ trước", "Điều chỉnh muộn", "Văn bản", "Diễn biến", "Nguồn",
    ]  # fmt: skip
    for sheet in workbook:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == f"${sheets.HEAD + 1}:${sheets.HEAD + 1}"
        assert sheet["A2"].value == progress_words.source(report)
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
    assert "của Bộ Y tế tháng 02 năm 2024" in body(paper(demo, found, code))
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
    word = paper(demo, found, nobody)
    assert "chưa giao phương án, nhiệm vụ nào" in body(word)
    assert records(book(demo, found, nobody)["Danh sách phương án"]) == []


def test_standing_tasks_are_told_without_a_rate(demo: Installation) -> None:
    found = progress_file.report(demo, PERIOD, figures.DIRECTIVES)
    text = body(paper(demo, found))
    assert "10 nhiệm vụ thường xuyên" in text
    assert "không tính tỷ lệ" in text
    assert "%)" not in text
    table = by_agency(paper(demo, found))
    names = heads(table)
    total = [cell.text for cell in table.rows[-1].cells]
    assert (total[names.index("Thường xuyên")], total[names.index("Tỷ lệ (%)")]) == ("10", "–")
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


def test_each_rate_is_named_by_its_reading_and_is_the_services_own(
    demo: Installation, rated: ProgressReport
) -> None:
    moment = Moment(rated.as_of, None, rated.revision)
    text = body(paper(demo, rated))
    everything, due, in_time = (
        figures.compute(demo, f"{rated.programme_kind}.{name}", moment)
        for name in ("done", "done_of_due", "in_time_of_done")
    )

    def said(figure: Any) -> str:
        return f"{T.number(figure.numerator)}/{T.number(figure.denominator)} = {T.percent(figure.percent)}"

    assert f"{said(everything)} trên tổng số được giao; {said(due)} trên số đến hạn" in text
    assert f"Hoàn thành đúng hạn: {said(in_time)} trên số đã hoàn thành." in text


def test_charts_are_pictures_for_print_with_caption_and_alt_text(
    demo: Installation, rated: ProgressReport
) -> None:
    word = paper(demo, rated)
    shapes = word.inline_shapes
    is_simplification = rated.programme_code == figures.SIMPLIFICATION
    assert len(shapes) == (3 if is_simplification else 2)  # decentralisation has one assigning document
    for shape in shapes:
        picture = word.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].image
        assert picture.px_width / shape.width.inches > 300
        assert round(shape.width.mm) == 165
    alts = [shape._inline.docPr.get("descr") for shape in shapes]
    total = rated.total
    assert f"Thực thi {T.number(total.done)}/{T.number(total.counted)}" in alts[0]
    assert f"{rated.rows[0].agency_short_name} {rated.rows[0].overdue} quá hạn" in alts[1]
    captions = [one.text for one in word.paragraphs if one.text.startswith("Hình ")]
    assert [one[:7] for one in captions] == [f"Hình {place}." for place in range(1, len(shapes) + 1)]


def test_pace_is_arithmetic_step_by_step(demo: Installation, rated: ProgressReport) -> None:
    walked = pace.usual(demo, rated.programme_kind, Moment(rated.as_of, None, rated.revision))
    assert isinstance(walked, Pace)
    text = body(paper(demo, rated))
    a_month, left = T.number(walked.per_month, 1), T.number(walked.months_left or 0, 1)
    assert f"đi từ {walked.before} đến {walked.done} (+{walked.gained}): {walked.gained} ÷" in text
    assert f"= {a_month} mỗi tháng" in text
    assert f"cần {walked.left} ÷ {a_month} = {left} tháng" in text
    assert "chỉ tiêu chưa có hạn nên không đánh giá nhanh hay chậm" in text


def test_a_refused_pace_says_why_and_the_changed_base_its_document(demo: Installation) -> None:
    found = progress_file.report(demo, "2023-05-31", figures.SIMPLIFICATION)
    word = paper(demo, found)
    text = body(word)
    assert "Không tính nhịp: mẫu số đã thay đổi" in text
    assert "mỗi tháng" not in text
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("13/2023/QĐ-TTg (15/05/2023)" in cell and "Trùng với phương án" in cell for cell in cells)
    later = body(paper(demo, progress_file.report(demo, "2023-06-30", figures.SIMPLIFICATION)))
    assert "Mẫu số không thay đổi trong kỳ." in later
    assert "- Ngày 15/05/2023: bổ sung 0, rút 3, mẫu số thành 1.091; văn bản: 13/2023/QĐ-TTg" in later


def test_without_anything_overdue_no_list_of_it_stands(demo: Installation) -> None:
    found = progress_file.report(demo, "2022-03-31", figures.SIMPLIFICATION)
    assert not found.total.overdue
    text = body(paper(demo, found))
    assert "Không có phương án nào quá hạn." in text
    assert "DANH SÁCH QUÁ HẠN" not in text
    assert "hoàn thành dứt điểm" not in text


def test_a_late_agency_reads_its_own_obstacles_requests_and_pace(demo: Installation) -> None:
    code = "bo-y-te"
    found = progress_file.report(demo, PERIOD, figures.SIMPLIFICATION, code)
    detail = progress_detail.detail(demo, found, code)
    text = body(paper(demo, found, code))
    assert len(detail.late) == found.total.overdue == 11
    assert "11 phương án quá hạn." in text
    assert "Đang chờ quyết định: 1 đề nghị lùi thời hạn." in text
    assert f"{len(detail.unexplained)} phương án quá hạn chưa được giải trình" in text
    assert "Đề nghị Bộ Y tế hoàn thành dứt điểm 11 phương án quá hạn." in text
    assert isinstance(detail.pace, Pace)
    assert detail.pace.done == found.total.done
    assert "Kết quả của cơ quan so với chỉ tiêu chung: 40/105 = 38,1 %." in text
    assert len(records(book(demo, found, code)["Quá hạn, vướng mắc"])) >= len(detail.late)


def test_a_day_between_periods_reads_as_that_day(demo: Installation) -> None:
    found = progress_file.report(demo, "2024-03-15", figures.SIMPLIFICATION)
    moment = demo.moment(date(2024, 3, 15))
    assert found.total.done == figures.compute(demo, "simplification.done", moment).numerator
    text = body(paper(demo, found))
    assert "tính đến ngày 15/03/2024" in text
    assert "Chế độ báo cáo" not in text
    assert "Tạm tính" not in text
    assert "Kỳ trước đã chốt lúc 11/03/2024" in text
    with pytest.raises(Invalid, match="progress_day_future"):
        progress_file.report(demo, "2024-03-22", figures.SIMPLIFICATION)


def test_a_day_reads_as_it_was_known_then(demo: Installation) -> None:
    known = demo.moment(known_at=date(2024, 3, 11))
    then = progress_file.report(demo, "2024-02-29", figures.SIMPLIFICATION, moment=known)
    now = progress_file.report(demo, "2024-02-29", figures.SIMPLIFICATION)
    assert (then.total.done, now.total.done) == (631, 658)
    text = body(paper(demo, now))
    assert "658/1.086 = 60,6 % trên tổng số được giao" in text


def test_the_workbook_says_where_its_numbers_come_from(demo: Installation, rated: ProgressReport) -> None:
    workbook = book(demo, rated)
    told = {row["Mục"]: row["Giá trị"] for row in records(workbook["Nguồn"])}
    assert told["Tính đến ngày"].date() == rated.as_of
    assert told["Phiên bản dữ liệu số"] == rated.revision
    assert told["Chương trình"] == rated.programme_name_vi
    rates = {row["Tỷ lệ"]: row for row in records(workbook["Tỷ lệ"])}
    everything = rates["Hoàn thành trên tổng số được giao"]
    assert (everything["Tử số"], everything["Mẫu số"]) == (rated.total.done, rated.total.counted)
    *documents, total = records(workbook["Theo văn bản giao"])
    assert sum(row["Hoàn thành"] for row in documents) == total["Hoàn thành"] == rated.total.done
    assert sum(row["Chưa hoàn thành, quá hạn"] for row in documents) == rated.total.overdue
    curve = [row for row in records(workbook["Diễn biến"]) if row["Bước"] == "Thực thi"]
    assert curve[-1]["Lũy kế"] == rated.total.done


def test_all_agencies_come_in_one_file(demo: Installation) -> None:
    whole = progress_file.report(demo, PERIOD, figures.DECENTRALISATION)
    few = replace(whole, rows=whole.rows[:2])
    told: list[tuple[str, float]] = []
    content = progress_file.of_all_agencies(
        demo, few, forms=("xlsx",), told=lambda name, share: told.append((name, share))
    )
    with ZipFile(BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == sorted(
            f"bao-cao-2024-02-phan-cap-1015{code}.xlsx"
            for code in ("", *(f"-{row.agency_code}" for row in few.rows))
        )
        for row in few.rows:
            sheet = archive.read(f"bao-cao-2024-02-phan-cap-1015-{row.agency_code}.xlsx")
            *_, total = records(load_workbook(BytesIO(sheet))["Tổng hợp"])
            assert (total["Giao"], total["Hoàn thành"]) == (row.assigned, row.done)
    assert [share for _, share in told] == [0.0, 1 / 3, 2 / 3]
    assert {name for name, _ in told} == {whole.programme_name_vi, *(row.agency_name for row in few.rows)}
