"""The issue list as a workbook, read back: the right cells marked, text kept as text, large files bounded."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.errors import Issue
from catalogue.i18n import Translator
from pipelines import issue_book as book
from pipelines.run import read_source
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.sources import Source, load_source
from tests.sheets import HEADER, workbook

TITLE = ["DANH SÁCH THỦ TỤC HÀNH CHÍNH"]
ERROR, WARNING = "FFF6C9BF", "FFFFE9B0"


@pytest.fixture
def source() -> Source:
    return load_source("portal_list")


def listed(code: Any, name: str = "Cấp giấy phép", agency: str = "Bộ Y tế") -> list[Any]:
    return [code, name, agency, "Sở Y tế", "Khám bệnh"]


def opened(
    file: Snapshot, source: Source, issues: tuple[Issue, ...], language: str = "vi"
) -> openpyxl.Workbook:
    made = book.issue_book(file, source, issues, Translator(language))
    return openpyxl.load_workbook(BytesIO(made))


def read_issues(file: Snapshot, source: Source) -> tuple[Issue, ...]:
    return read_source(source, file)[0].issues


def fill(sheet: Worksheet, cell: str) -> str | None:
    style = sheet[cell].fill
    return str(style.start_color.rgb) if style.fill_type else None


def comment(sheet: Worksheet, cell: str) -> str:
    found = sheet[cell].comment
    assert found is not None, cell
    return str(found.text)


def test_the_wrong_cells_are_marked_at_their_own_places(source: Source) -> None:
    rows = [TITLE, HEADER, listed(2.00046), listed("1.000001", ""), listed("1.000002"), [None, "Lạc mã"]]
    file = snapshot_of(Path("danh-sach.xlsx"), workbook({"Danh mục": rows}))
    made = opened(file, source, read_issues(file, source))
    assert made.sheetnames == ["Cần sửa", "Danh mục"]
    copy = made["Danh mục"]
    assert {cell.coordinate for row in copy for cell in row if fill(copy, cell.coordinate)} == {
        "A3", "B4", "A6",
    }  # fmt: skip
    assert fill(copy, "A3") == ERROR
    assert comment(copy, "A3").startswith("Lỗi: Dòng 3, cột Mã số: mã 2.00046 được lưu dưới dạng số")
    assert "không có tên thủ tục" in comment(copy, "B4")
    assert "không có mã thủ tục" in comment(copy, "A6")
    assert copy["A6"].value is None
    assert [cell.value for cell in copy[5]] == listed("1.000002")
    assert copy["A3"].value == 2.00046
    assert copy["A5"].data_type == "s"


def test_the_list_names_place_and_sentence_and_leads_to_the_cell(source: Source) -> None:
    issues = (
        Issue("unusual_code", "warning", "a.xlsx", "It's 1", 3, "Mã số", "X", "X"),
        Issue("name_missing", "error", "a.xlsx", "It's 1", 4, "Tên", "1.000001", "1.000001"),
        Issue("agency_in_passing", "warning", "a.xlsx", value="Bộ Công an"),
    )
    file = snapshot_of(
        Path("a.xlsx"), workbook({"It's 1": [HEADER, listed("1.000000"), listed("X"), ["1.000001"]]})
    )
    made = opened(file, source, issues)
    first = made["Cần sửa"]
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=5)]
    assert [row[:5] for row in rows] == [
        ["Lỗi", 4, "Tên", "1.000001", "1.000001"],
        ["Lưu ý", 3, "Mã số", "X", "X"],
        ["Lưu ý", None, None, None, "Bộ Công an"],
    ]  # errors first
    assert rows[0][5].startswith("Dòng 4, cột Tên: không có tên thủ tục")
    link = first["G5"].hyperlink
    assert link is not None
    assert link.location == "'It''s 1'!B4"
    assert first["G7"].hyperlink is None
    assert made["It's 1"]["A3"].fill.start_color.rgb == WARNING


def test_the_reader_is_spoken_to_in_the_chosen_language(source: Source) -> None:
    file = snapshot_of(Path("a.xlsx"), workbook({"S": [HEADER, listed("1.000000", "")]}))
    made = opened(file, source, read_issues(file, source), "en")
    assert made.sheetnames[0] == "To mend"
    assert "there is no procedure name" in comment(made["S"], "B2")
    assert made["To mend"]["A5"].value == "Error"


def test_hostile_text_is_text_and_leads_nowhere(source: Source) -> None:
    hostile = [
        "=cmd|'/c calc'!A1",
        '=HYPERLINK("http://evil.example")',
        "http://evil.example",
        "{=1+1}",
        "@SUM(1)",
    ]
    file = snapshot_of(
        Path("=cmd.csv"), ("\n".join([",".join(HEADER), *(f'"{text.replace(chr(34), chr(34) * 2)}",x,y,z,w' for text in hostile)])).encode()
    )  # fmt: skip
    issues = tuple(
        Issue("unusual_code", "warning", row=2 + n, column="Mã số", value=text)
        for n, text in enumerate(hostile)
    )
    made = opened(file, source, issues)
    copy = made["Dữ liệu"]
    assert [copy.cell(2 + n, 1).value for n in range(len(hostile))] == hostile
    for sheet in made.worksheets:
        for row in sheet:
            for cell in row:
                assert cell.data_type != "f", cell.value
                link = cell.hyperlink
                assert link is None or link.target is None


def test_a_line_of_json_is_marked_below_its_keys(source: Source) -> None:
    records = [
        {"Mã số": "1.000001", "Tên": "A", "Phí": [{"mức": 10}], "Số": 10**30, "Lạ": "a\uffff\u0001b", "Rỗng": None},
        {"Mã số": "1.000002", "Tên": "", "Bật": True},
    ]  # fmt: skip
    content = "\n".join(json.dumps(record) for record in records).encode()
    lines = source.model_copy(update={"files": ("jsonl",)})
    issues = (Issue("name_missing", row=2, column="Tên", value="1.000002"),)
    made = opened(snapshot_of(Path("a.jsonl"), content), lines, issues)
    copy = made["Dữ liệu"]
    assert [cell.value for cell in copy[1]][:2] == ["Mã số", "Tên"]
    assert fill(copy, "B3") == ERROR
    assert copy["C2"].value == '[{"mức": 10}]'
    assert copy["D2"].value == str(10**30)
    assert copy["G3"].value is True
    assert copy["E2"].value == "a\ufffd_x0001_b"
    assert made["Cần sửa"]["B5"].value == 2
    assert made["Cần sửa"]["G5"].hyperlink.location == "'Dữ liệu'!B3"


def test_a_column_that_is_not_known_is_marked_by_its_letter(source: Source) -> None:
    rows = [[*HEADER, "Ghi chú"], [*listed("1.000001"), "x"]]
    file = snapshot_of(Path("a.xlsx"), workbook({"S": rows}))
    made = opened(file, source, read_issues(file, source))
    assert fill(made["S"], "F1") == ERROR
    assert "Ghi chú" in comment(made["S"], "F1")


def test_a_file_that_cannot_be_read_still_gives_its_list(source: Source) -> None:
    file = snapshot_of(Path("a.xlsx"), b"no workbook at all")
    made = opened(file, source, (Issue("not_utf8", row=7, value="?"),))
    assert made.sheetnames == ["Cần sửa"]
    assert "Không đọc được" in made["Cần sửa"]["A2"].value
    assert made["Cần sửa"]["B5"].value == 7


def test_of_a_large_file_the_rows_with_issues_keep_their_places(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MAX_ROWS", 10)
    rows = [HEADER, *(listed(f"1.{number:06d}") for number in range(40))]
    file = snapshot_of(Path("a.xlsx"), workbook({"S": rows}))
    issues = (Issue("unusual_code", "warning", sheet="S", row=31, column="Mã số"),)
    made = opened(file, source, issues)
    copy = made["S"]
    held = [row[0].row for row in copy if any(cell.value is not None for cell in row)]
    assert held == [1, 31]
    assert copy["A31"].value == rows[30][0]
    assert fill(copy, "A31") == WARNING
    assert copy.sheet_format.zeroHeight
    assert "Tệp lớn" in made["Cần sửa"]["A2"].value


def test_very_many_issues_are_cut_and_it_says_so(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MAX_ISSUES", 2)
    file = snapshot_of(Path("a.xlsx"), workbook({"S": [HEADER, *(listed("1.000001") for _ in range(5))]}))
    warnings = [Issue("unusual_code", "warning", sheet="S", row=row, column="Mã số") for row in range(2, 6)]
    made = opened(file, source, (*warnings, Issue("name_missing", sheet="S", row=6, column="Tên")))
    assert made["Cần sửa"].max_row == 6
    assert made["Cần sửa"]["A5"].value == "Lỗi"
    assert "2 trong 5" in made["Cần sửa"]["A2"].value


def test_a_text_that_is_too_long_for_a_cell_and_an_empty_list_break_nothing(source: Source) -> None:
    content = f"{','.join(HEADER)}\n1.000001,{'x' * 40_000},y,z,w\n".encode()
    file = snapshot_of(Path("a.csv"), content)
    made = opened(file, source, ())
    assert len(made["Dữ liệu"]["B2"].value) == 32_767
    assert made["Cần sửa"]["A1"].value == "a.csv: 0 điểm cần xem"


def test_each_sheet_of_a_filled_form_is_marked_on_its_own() -> None:
    form = load_source("interchange")
    sheets = {
        "Thủ tục": [["Mã số", "Tên"], ["1.000001", "Cấp thẻ"]],
        "Căn cứ pháp lý": [["Mã số", "Văn bản"], ["1.000001", "Luật số 1"], ["1.000001", None]],
    }
    file = snapshot_of(Path("a.xlsx"), workbook(sheets))
    issues = (
        Issue("text_normalised", "warning", sheet="Thủ tục", row=2, column="Tên"),
        Issue("name_missing", sheet="Căn cứ pháp lý", row=3, column="Văn bản"),
    )
    made = opened(file, form, issues)
    assert made.sheetnames == ["Cần sửa", "Thủ tục", "Căn cứ pháp lý"]
    assert fill(made["Thủ tục"], "B2") == WARNING
    assert fill(made["Căn cứ pháp lý"], "B3") == ERROR
    assert [made["Cần sửa"][f"G{row}"].hyperlink.location for row in (5, 6)] == [
        "'Căn cứ pháp lý'!B3",
        "'Thủ tục'!B2",
    ]
