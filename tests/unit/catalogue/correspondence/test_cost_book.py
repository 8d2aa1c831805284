"""Cost sheets as a workbook: the form's columns, formulas that say what the product says, texts that are never formulas."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from catalogue.correspondence import cost_book, cost_comparison
from catalogue.correspondence.cost_form import COLUMNS
from catalogue.errors import NotFound
from catalogue.model.cost_sheet import Draft, Kind
from catalogue.services import cost_recording, cost_savings
from catalogue.services.cost_savings import ItemCost, State
from catalogue.services.installation import Installation
from tests import cost_world as world
from tests.cost_files import GUIDE, INCOME, SOURCES, draft, first_row, reckoned, written
from tests.cost_world import AGAIN, DEARER, FEWER, UNDONE, UNTOLD
from tests.installations import Clock, Filled, copied


@pytest.fixture
def small(filled_template: Filled, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    with copied(filled_template(world.fill)[0], tmp_path / "small", clock) as installation:
        yield installation


def opened(content: bytes, *, computed: bool = False) -> Workbook:
    return load_workbook(BytesIO(content), data_only=computed)


def cells(sheet: Any, row: int, width: int = len(COLUMNS)) -> list[Any]:
    return [cell.value for cell in sheet[row][:width]]


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_procedure_has_a_sheet_of_its_code_with_its_head_and_the_columns_of_the_form(
    small: Installation,
) -> None:
    book = opened(written(small, draft(small), draft(small, UNTOLD)))
    assert book.sheetnames == [FEWER, UNTOLD, SOURCES, GUIDE]
    sheet = book[FEWER]
    assert sheet["A1"].value == "Biểu 03/SCM-KSTT"
    assert sheet["A2"].value == "TÍNH CHI PHÍ TUÂN THỦ THỦ TỤC HÀNH CHÍNH"
    assert {sheet.cell(row, 1).value: sheet.cell(row, 3).value for row in range(3, 8)} == {
        "Tên TTHC": "Cấp giấy chứng nhận",
        "Mã TTHC": FEWER,
        "Phiên bản có hiệu lực từ ngày": AGAIN.strftime("%d/%m/%Y"),
        "Cơ quan": "Bộ Y tế",
        "Năm của mức thu nhập bình quân": 2023,
    }
    numbers = first_row(sheet) - 1
    assert cells(sheet, numbers) == [f"({number})" for number in range(1, 14)]
    assert cells(sheet, numbers - 1) == [
        "STT", "Công việc", "Hoạt động cụ thể", "Thời gian (giờ)", "Thu nhập bình quân (đồng/giờ)",
        "Thuê tư vấn, dịch vụ, đi lại, in chụp (đồng)", "Phí, lệ phí, chi phí khác (đồng)", "Số lần một năm",
        "Số đối tượng một năm", "Chi phí một lần (đồng)", "Tổng chi phí một năm (đồng)", "Nguồn số liệu", "Cách thu thập",
    ]  # fmt: skip


def test_rows_hold_the_lower_middle_and_their_own_source_and_the_sheet_of_sources_all_others(
    small: Installation,
) -> None:
    book = opened(written(small, draft(small)), computed=True)
    sheet, sources = book[FEWER], book[SOURCES]
    first = first_row(sheet)
    # 1,5 giờ × 48.248 đồng/giờ = 72.372; 45 phút là 36.186; 10 phút là 8.041,33.
    assert cells(sheet, first) == [
        1, "Chuẩn bị hồ sơ", "Đơn đề nghị", 1.5, INCOME, None, None, 1, 1_086, 72_372, 72_372 * 1_086, None, None,
    ]  # fmt: skip
    assert cells(sheet, first + 1) == [
        2, "Nộp hồ sơ", "Nộp hồ sơ", 0.75, INCOME, 50_000, None, 1, 1_086, 86_186, 86_186 * 1_086, "Khảo sát 30 doanh nghiệp",
        "Phiếu khảo sát",
    ]  # fmt: skip
    assert cells(sheet, first + 2)[9:12] == [143_041, 143_041 * 1_086, "Ước"]
    assert cells(sheet, first + 3)[1] == "Tổng cộng"
    assert cells(sheet, first + 3)[9:11] == [301_599, 301_599 * 1_086]
    listed = [cells(sources, row, 6) for row in range(first_row(sources), sources.max_row + 1)]
    assert listed == [
        [FEWER, None, "Số lần một năm", 1, "Luật", "Theo quy định"],
        [FEWER, None, "Số đối tượng một năm", 1_086, "Báo cáo năm", "Số liệu thống kê"],
        [FEWER, 1, "Thời gian (giờ)", 4, "Phỏng vấn cán bộ một cửa", "Phỏng vấn"],
        [FEWER, 1, "Thời gian (giờ)", 1, "Khảo sát 30 doanh nghiệp", "Phiếu khảo sát"],
        [FEWER, 1, "Thời gian (giờ)", 1.5, "Khảo sát 200 người dân", "Phiếu khảo sát"],
        [FEWER, 1, "Thời gian (giờ)", 2, "Tự thực hiện thử", "Tự thực hiện thử"],
        [FEWER, 3, "Phí, lệ phí, chi phí khác (đồng)", 135_000, "Thông tư 277/2016/TT-BTC", "Theo quy định"],
    ]


def test_excel_reckons_each_line_and_the_total_as_the_product_does(small: Installation) -> None:
    content = written(small, draft(small), spare=4)
    formulas, computed = opened(content)[FEWER], opened(content, computed=True)[FEWER]
    expected = draft(small).reckoned(INCOME)
    first = first_row(formulas)
    assert formulas.cell(first, 10).value == f"=ROUND(ROUND(D{first}*60,0)*E{first}/60,0)+F{first}+G{first}"
    for place, line in enumerate(expected.lines):
        cost = line.cost(INCOME)
        for letter, value in (("J", cost), ("K", cost * expected.cases())):
            cell = f"{letter}{first + place}"
            assert reckoned(formulas, cell) == computed[cell].value == value
    total = first + len(expected.lines) + 4
    assert reckoned(formulas, f"J{total}") == computed[f"J{total}"].value == expected.case()
    assert reckoned(formulas, f"K{total}") == computed[f"K{total}"].value == expected.year()


def test_half_a_dong_counts_as_one_in_the_formula_too(small: Installation) -> None:
    odd = world.draft(small, FEWER, AGAIN, minutes=[30])
    content = cost_book.write(small, small.moment(), [cost_book.Begun(odd, 2022, 45_265)])
    sheet = opened(content)[FEWER]
    # 22.632,5 đồng
    assert reckoned(sheet, f"J{first_row(sheet)}") == odd.reckoned(45_265).lines[0].cost(45_265) == 22_633


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x";"y")', "+84", "-1+1", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_stays_a_text(small: Installation, text: str) -> None:
    given = draft(small)
    line = given.lines[1]
    own = {kind: (replace(some[0], source=text),) for kind, some in line.figures.items()}
    hostile = replace(given, lines=(replace(line, label=text, figures=own), *given.lines[2:]))
    book = opened(written(small, hostile))
    row = first_row(book[FEWER])
    for cell in (book[FEWER].cell(row, 3), book[FEWER].cell(row, 12)):
        assert (cell.value, cell.data_type) == (text, "s")


def test_a_sheet_to_fill_in_has_what_the_version_asks_for_room_for_more_and_lists(
    small: Installation,
) -> None:
    version = world.version_id(small, UNTOLD, AGAIN)
    book = opened(cost_book.to_fill_in(small, small.moment(), [version]))
    sheet = book[UNTOLD]
    first = first_row(sheet)
    assert [cells(sheet, first + place)[2] for place in range(6)] == [
        world.FORM, world.COPY, "Nộp hồ sơ", "Phí, lệ phí", "Nhận kết quả", None,
    ]  # fmt: skip
    assert cells(sheet, first + 3)[6] == world.FEE
    last = first + 5 + cost_book.SPARE_ROWS - 1
    assert cells(sheet, last)[0] == 5 + cost_book.SPARE_ROWS
    assert cells(sheet, last + 1)[1] == "Tổng cộng"
    assert {cells(sheet, row)[4] for row in range(first, last + 1)} == {53_977}
    assert [cells(book[SOURCES], row, 6)[:3] for row in (6, 7)] == [
        [UNTOLD, None, "Số lần một năm"],
        [UNTOLD, None, "Số đối tượng một năm"],
    ]
    offered = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    activities = offered[f"B{first}:B{last}"]
    place = activities.formula1.split("!")[1].replace("$", "")
    assert [row[0].value for row in book[GUIDE][place]] == [
        "Chuẩn bị hồ sơ", "Nộp hồ sơ", "Nộp phí, lệ phí", "Phục vụ kiểm tra, xác minh", "Công việc khác", "Nhận kết quả",
    ]  # fmt: skip
    assert offered[f"D{first}:D{last}"].type == "decimal"
    assert offered[f"I{first}:I{last}"].type == "whole"
    ways = offered[f"M{first}:M{last}"].formula1.split("!")[1].replace("$", "")
    assert book[GUIDE][ways][0][0].value == "Theo quy định"


def test_a_sheet_to_fill_in_begins_with_the_one_that_stands(small: Installation) -> None:
    given = draft(small)
    cost_recording.save(small, world.OFFICE, [cost_recording.Given(given, 2022)])
    book = opened(cost_book.to_fill_in(small, small.moment(), [given.version_id]))
    sheet = book[FEWER]
    assert sheet.cell(7, 3).value == 2022
    assert [cells(sheet, first_row(sheet) + place)[2:5] for place in range(4)] == [
        ["Đơn đề nghị", 1.5, 45_265],
        ["Nộp hồ sơ", 0.75, 45_265],
        ["Phí, lệ phí", pytest.approx(1 / 6), 45_265],
        [None, None, 45_265],
    ]


def test_a_version_that_nobody_knows_cannot_be_filled_in(small: Installation) -> None:
    with pytest.raises(NotFound):
        cost_book.to_fill_in(small, small.moment(), [999_999])


def test_the_guide_says_which_incomes_are_in_use_and_how_the_lower_middle_is_taken(
    small: Installation,
) -> None:
    said = " ".join(texts(opened(written(small, draft(small)))[GUIDE]))
    assert "2024: 53.977 đồng/giờ; 2023: 48.248 đồng/giờ; 2022: 45.265 đồng/giờ" in said
    assert "Ví dụ 2; 3; 5; 8 thì lấy 3" in said


@pytest.mark.reads_only
def test_a_sheet_of_the_demonstration_says_that_its_data_are_no_real_ones(demo: Installation) -> None:
    row = demo.database.read("costs/procedures", as_of=demo.working_date, revision=demo.database.revision)
    book = opened(cost_book.to_fill_in(demo, demo.moment(), [row["version_id"][0]]))
    assert any(text.startswith("Dữ liệu trình diễn") for text in texts(book.worksheets[0]))


def compared(installation: Installation, code: str, *drafts: Draft) -> tuple[ItemCost, Any]:
    """The cost of a procedure's item after some sheets are written, and its comparison."""
    world.save(installation, *drafts)
    items = installation.database.read(
        "costs/items", programme=None, item=None, as_of=installation.working_date,
        revision=installation.database.revision, organised_on=installation.working_date,
    )  # fmt: skip
    [item_id] = [row["item_id"] for row in items.to_dicts() if row["procedure_code"] == code]
    item = cost_savings.of_item(installation, installation.moment(), item_id)
    assert item is not None
    content = cost_comparison.write(installation, installation.moment(), item)
    return item, opened(content, computed=True).worksheets[0]


def line_saying(sheet: Any, text: str) -> list[Any]:
    return next(cells(sheet, row) for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == text)


def test_a_comparison_has_three_stages_and_causes_that_add_up(small: Installation) -> None:
    item, sheet = compared(small, FEWER, world.draft(small, FEWER))
    assert item.state is State.COSTED
    assert item.change is not None
    said = texts(sheet)
    stages = [
        said.index(text) for text in ("I. Chi phí hiện tại", "II. Chi phí sau đơn giản hóa", "III. So sánh")
    ]
    assert stages == sorted(stages)
    # 4 việc 1,5 giờ và phí 135.000 đồng; sau đó bớt một giấy tờ và bỏ phí.
    case, later = 4 * 67_898 + world.FEE, 3 * 67_898
    assert line_saying(sheet, "Chi phí một lần (đồng)")[3:10:2] == [case, later, later - case, -49.9]
    year = line_saying(sheet, "Tổng chi phí một năm (đồng)")
    assert (year[3], year[5], year[7], year[9]) == (
        1_000 * case,
        1_000 * later,
        1_000 * (later - case),
        -49.9,
    )
    causes = [
        line_saying(sheet, f"trong đó: do {cause}")[7]
        for cause in ("cải cách thật", "mức thu nhập bình quân thay đổi", "số lượt thực hiện thay đổi")
    ]
    assert causes == [item.change.reform, item.change.wage, item.change.volume]
    assert sum(causes) == year[7]
    assert line_saying(sheet, "Chi phí cắt giảm được một năm (đồng)")[7] == item.change.saved


def test_a_comparison_says_where_each_stage_comes_from(small: Installation) -> None:
    _, sheet = compared(small, DEARER, world.draft(small, DEARER))
    said = texts(sheet)
    assert (
        "Bảng tính lập ngày 20/11/2026, theo phiên bản có hiệu lực từ 01/01/2023; mức thu nhập bình quân năm 2022: 45.265 đồng/giờ."
        in said
    )
    assert any(
        text.startswith("Suy từ bảng tính đó sang phiên bản có hiệu lực từ 01/02/2024") for text in said
    )
    assert any(text.startswith("Nguồn: sổ cái của hệ thống") for text in said)
    fees = [
        cells(sheet, row) for row in range(1, sheet.max_row + 1) if sheet.cell(row, 3).value == "Phí, lệ phí"
    ]
    assert [(row[6], row[11]) for row in fees] == [
        (135_000, "Danh mục TTHC đã công bố"),
        (200_000, "Danh mục TTHC, phiên bản có hiệu lực từ 01/02/2024"),
    ]


@pytest.mark.parametrize(
    ("code", "state"),
    [(UNDONE, "Chưa thực thi xong"), (UNTOLD, "Cần bảng tính của phiên bản sau")],
)
def test_a_comparison_of_what_is_not_known_says_why(small: Installation, code: str, state: str) -> None:
    item, sheet = compared(small, code, world.draft(small, code))
    assert item.change is None
    said = texts(sheet)
    assert said.count(state) == 2  # of the later stage, and of the comparison
    assert "Chi phí cắt giảm được một năm (đồng)" not in said


def test_a_count_that_is_not_known_yet_leaves_its_cell_empty(small: Installation) -> None:
    unknown = replace(draft(small), whole={Kind.TIMES: draft(small).whole[Kind.TIMES]})
    sheet = opened(written(small, unknown), computed=True)[FEWER]
    assert cells(sheet, first_row(sheet))[7:11] == [1, None, 72_372, 0]
