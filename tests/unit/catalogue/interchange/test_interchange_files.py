"""The files of exchange as other programs see them."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest

from catalogue.errors import Invalid
from catalogue.interchange import workbook
from catalogue.interchange.form import form
from catalogue.interchange.plain import write_csv, write_json_lines
from catalogue.interchange.rows import joined, parted
from catalogue.interchange.workbook import Origin, write_workbook
from catalogue.model.content import PARTS, Content
from pipelines.sources import load_source

CODE = "2.000460"
CONTENT: Content = {
    "name": '=HYPERLINK("http://x")',
    "levels": ["communal", "ministry"],
    "is_vertical": False,
    "steps": ["Bước 1: nộp\nở trụ sở", "Bước 2"],
    "implementing": ["@Sở A", "Sở B"],
    "decision_date": "2026-07-01",
    "dossier_sets": 2,
    "channels": [
        {
            "way": "Trực tiếp",
            "time_value": "0.5",
            "time_unit": "ngày",
            "fees": [{"amount_vnd": 0}, {"text": "theo hạng"}],
        },
        {"way": "Trực tuyến", "fees": [{"amount": "25.5", "currency": "USD"}]},
    ],
    "dossier": [{"case": "Cấp lần đầu", "papers": [{"name": "Đơn", "originals": 1}, {"name": "Ảnh"}]}],
    "legal_bases": [{"text": "Nghị định 63", "number": "63/2010/NĐ-CP", "issued_on": "2010-06-08"}],
}
RECORDS = [(CODE, CONTENT), ("1.000001", {"name": "Cấp thẻ"})]
ORIGIN = Origin("Bộ Xây dựng", date(2026, 7, 31), None)


def _book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def _rows(book: openpyxl.Workbook, sheet: str) -> list[list[object]]:
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def test_a_filled_workbook_has_one_row_a_procedure_and_the_lists_beside_it() -> None:
    book = _book(write_workbook(RECORDS, ORIGIN))
    assert book.sheetnames == ["Hướng dẫn", "Thủ tục", "Cách thức", "Thành phần hồ sơ", "Căn cứ pháp lý"]
    header, first, second = _rows(book, "Thủ tục")
    said = dict(zip(header, first, strict=True))
    assert said["Mã số"] == CODE
    assert said["Cấp thực hiện"] == "Cấp Xã\nCấp Bộ"
    assert (said["Ngành dọc"], said["Số bộ hồ sơ"], said["Ngày quyết định công bố"]) == (
        "Không",
        2,
        "01/07/2026",
    )
    assert said["Trình tự thực hiện"] == "Bước 1: nộp\nở trụ sở\n---\nBước 2"
    assert said["Mô tả"] is None
    assert [value for value in second if value is not None] == ["1.000001", "Cấp thẻ"]
    assert _rows(book, "Cách thức")[1:] == [
        [CODE, 1, "Trực tiếp", 0.5, "ngày", None, 0, None, None, None],
        [CODE, 1, None, None, None, None, None, None, "theo hạng", None],
        [CODE, 2, "Trực tuyến", None, None, None, 25.5, "USD", None, None],
    ]
    assert _rows(book, "Thành phần hồ sơ")[1:] == [
        [CODE, 1, "Cấp lần đầu", "Đơn", None, 1, None],
        [CODE, 1, "Cấp lần đầu", "Ảnh", None, None, None],
    ]
    assert _rows(book, "Căn cứ pháp lý")[1:] == [[CODE, "Nghị định 63", "63/2010/NĐ-CP", "08/06/2010"]]
    assert "Bộ Xây dựng, tính đến ngày 31/07/2026" in str(book["Hướng dẫn"]["A2"].value)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    hostile = ["=1+1", "@SUM(A1)", "+84", "-1", "{=A1}", "https://example.gov.vn", "mailto:a@b.vn"]
    records = [
        (CODE, {"name": text, "steps": [text], "dossier": [{"papers": [{"name": text}]}]}) for text in hostile
    ]
    book = _book(write_workbook(records, ORIGIN))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [row[1] for row in _rows(book, "Thủ tục")[1:]] == hostile


def test_the_template_keeps_codes_as_text_and_offers_the_lists() -> None:
    book = _book(write_workbook(()))
    sheet = book["Thủ tục"]
    assert [cell.value for cell in sheet[1]] == [column.header for column in form().main.columns]
    assert sheet.max_row == 1
    assert sheet.column_dimensions["A"].number_format == "@"
    assert book["Cách thức"].column_dimensions["D"].number_format == "General"
    offered = {
        (name, str(rule.sqref)): rule.formula1
        for name in ("Thủ tục", "Cách thức")
        for rule in book[name].data_validations.dataValidation
        if rule.type == "list"
    }
    assert offered["Thủ tục", "E2:E5001"] == '"Cấp Bộ,Cấp Tỉnh,Cấp Huyện,Cấp Xã,Cơ quan khác"'
    assert offered["Cách thức", "E2:E5001"] == '"giờ,ngày,ngày làm việc,tuần,tháng,năm"'
    assert len(offered) == 5
    guide = " ".join(str(cell.value) for row in book["Hướng dẫn"].iter_rows() for cell in row if cell.value)
    for column in form().main.columns:
        assert column.note in guide
    assert "Mẫu trống." in guide


def test_what_no_cell_can_hold_stands_on_a_sheet_of_its_own() -> None:
    long = "dài " * 20_000 + "hết"
    book = _book(
        write_workbook([(CODE, {"name": "A", "steps": [long, "Bước 2"], "address": "→ Văn bản dài 9"})])
    )
    header, row = _rows(book, "Thủ tục")
    said = dict(zip(header, row, strict=True))
    assert said["Trình tự thực hiện"] == "→ Văn bản dài 1"
    assert said["Địa chỉ tiếp nhận hồ sơ"] == "→ Văn bản dài 2"
    pieces = _rows(book, "Văn bản dài")[1:]
    assert "".join(str(text) for number, text in pieces if number == "1") == f"{long}\nBước 2"
    assert max(len(str(text)) for _, text in pieces) <= 32_767
    assert [text for number, text in pieces if number == "2"] == ["→ Văn bản dài 9"]


def test_a_sheet_that_cannot_hold_the_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 1)
    with pytest.raises(Invalid) as refused:
        write_workbook(RECORDS)
    assert (refused.value.code, refused.value.details["value"]) == ("export_too_large", "Thủ tục")


def test_the_same_records_are_the_same_file() -> None:
    assert write_workbook(RECORDS, ORIGIN) == write_workbook(RECORDS, ORIGIN)


def test_csv_is_what_excel_opens_without_computing() -> None:
    content = write_csv(RECORDS)
    assert content.startswith(b"\xef\xbb\xbf")
    header, first, _ = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    said = dict(zip(header, first, strict=True))
    assert header == [column.header for column in form().main.columns]
    assert said["Tên"] == '\'=HYPERLINK("http://x")'
    assert said["Cơ quan thực hiện"] == "'@Sở A\nSở B"


def test_json_lines_name_every_part() -> None:
    first, second = map(json.loads, write_json_lines(RECORDS).decode().splitlines())
    assert list(first) == ["procedure_code", *PARTS]
    assert {key: value for key, value in first.items() if value is not None} == {
        "procedure_code": CODE,
        **CONTENT,
    }
    assert second["channels"] is None


@pytest.mark.parametrize(
    ("entries", "cell"),
    [
        (["a"], "a"),
        (["a", "b"], "a\nb"),
        (["a\nb"], "a\nb\n---"),
        (["a\nb", "c"], "a\nb\n---\nc"),
        (["---"], "----\n---"),
        (["-----", "b"], "------\n---\nb"),
    ],
)
def test_texts_that_share_a_cell_come_apart_again(entries: list[str], cell: str) -> None:
    assert joined(entries) == cell
    assert [entry for entry in parted(cell) if entry] == entries


def test_the_importer_knows_every_sheet_and_column_of_the_form() -> None:
    source = load_source("interchange")
    described = {**source.columns, **source.optional_columns}
    assert described == {column.header: column.name for column in form().main.columns}
    for sheet in form().children:
        child = source.child_sheets[sheet.name]
        assert {**child.columns, **child.optional_columns} == {c.header: c.name for c in sheet.columns}
    assert {sheet.part for sheet in form().children} | set(described.values()) - {"procedure_code"} == set(
        PARTS
    )
    assert form().long_texts["sheet"] in source.child_sheets
    assert form().guide["sheet"] in source.ignored_sheets
