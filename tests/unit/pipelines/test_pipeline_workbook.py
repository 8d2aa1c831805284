"""Workbooks and CSV files as typed rows, and what is refused before it is parsed."""

import json
import subprocess
import sys
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from catalogue.errors import ImportRejected, Invalid
from pipelines import workbook
from pipelines.reading import read
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.workbook import Row


def _snapshot(content: bytes, name: str = "list.xlsx") -> Snapshot:
    return snapshot_of(Path(name), content)


def _workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                sheet.cell(number, column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _zip(**entries: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def _code(content: bytes, name: str = "list.xlsx") -> str:
    with pytest.raises(ImportRejected) as refused:
        read(_snapshot(content, name))
    assert refused.value.details["file"] == name
    return refused.value.code


def test_a_workbook_keeps_types_and_excel_row_numbers() -> None:
    moment = datetime.fromisoformat("2026-07-01T08:30:00")
    cells: list[object] = ["1.000460", 2.00046, 7, True, None, date(2026, 7, 1), moment]
    (sheet,) = read(
        _snapshot(_workbook(List=[["title"], [], cells, [None, "Sở Tư pháp_x000D_\nUBND", None]]))
    )
    assert sheet.name == "List"
    assert sheet.rows == (
        Row(1, ("title",)),
        Row(3, ("1.000460", 2.00046, 7, True, None, date(2026, 7, 1), moment)),
        Row(4, (None, "Sở Tư pháp\r\nUBND")),
    )
    assert type(sheet.rows[1].cells[5]) is date
    assert sheet.rows[0].cell(4) is None


def test_sheets_without_a_value_are_left_out() -> None:
    sheets = read(_snapshot(_workbook(Data=[["a"]], Blank=[["  "]], Empty=[])))
    assert [sheet.name for sheet in sheets] == ["Data"]
    assert _code(_workbook(Empty=[])) == "table_empty"


@pytest.mark.parametrize(
    "content",
    [
        b"Ma so,Ten\n",
        _zip(readme=b"a zip, no workbook"),
        _zip(**{"[Content_Types].xml": b"<Types/>"}),
        _zip(**{"[Content_Types].xml": b"not xml"}),
        b"PK\x03\x04 cut short",
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert _code(content) == "not_a_workbook"


def test_a_bomb_is_refused_by_its_directory_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a bomb reached the parser")

    monkeypatch.setattr("subprocess.run", never)
    ratio = _zip(**{"[Content_Types].xml": b"<Types/>", "xl/sheet.xml": b"0" * 5_000_000})
    assert _code(ratio) == "workbook_too_large"
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 10)
    assert _code(_workbook(List=[["a"]])) == "workbook_too_large"


def test_the_child_has_little_memory_and_a_cap_on_rows() -> None:
    limits = {"MAX_ROWS": "2", "MAX_TEXT": "10"}
    expected = {"MAX_ROWS": "too_many_rows", "MAX_TEXT": "workbook_too_large"}
    content = _workbook(List=[["abcdef"], ["abcdef"], ["abcdef"]])
    for name, limit in limits.items():
        code = f"import pipelines.workbook as w; w.{name} = {limit}; w._child()"
        assert _refused_by(code, content) == expected[name]
    code = (
        "import pipelines.workbook as w\n"
        "def hungry(content): yield [1, ['x' * 2 * w.CHILD_MEMORY]]\n"
        "w._parse = hungry\nw._child()"
    )
    assert _refused_by(code, content) == "workbook_too_large"


def _refused_by(code: str, content: bytes) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], input=content, capture_output=True, check=True, cwd=workbook._ROOT
    )
    refused: str = json.loads(done.stdout.splitlines()[-1])["refused"]
    return refused


def test_a_child_that_stops_early_or_takes_too_long_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _workbook(List=[["a"]])
    with pytest.raises(ImportRejected) as stopped:
        workbook._sheets(b'{"sheet": "List"}\n[1, ["a"]]\n', 0, "list.xlsx")
    assert stopped.value.code == "not_a_workbook"
    monkeypatch.setattr(workbook, "MAX_SECONDS", 0.01)
    assert _code(content) == "workbook_too_large"


def test_csv_cells_are_text_under_their_row_number() -> None:
    text = '\ufeffMã số,Tên\n\n2.000460,"A\nB"\n1.000001,C\n'
    (sheet,) = read(_snapshot(text.encode(), "list.csv"))
    assert sheet.name is None
    assert sheet.rows == (
        Row(1, ("Mã số", "Tên")),
        Row(3, ("2.000460", "A\nB")),
        Row(4, ("1.000001", "C")),
    )


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"code,name\n1.000001,\xff\xfe\n", 2),
        (b"code,name\n\n\xe1\xbb,x\n", 3),
        (b'code,name\n1,"a\nb"\n2,\xe1\n', 3),
        ("code,name\n".encode("utf-16"), 1),
    ],
)
def test_undecodable_bytes_name_their_row(content: bytes, row: int) -> None:
    with pytest.raises(Invalid) as refused:
        read(_snapshot(content, "list.csv"))
    assert refused.value.code == "not_utf8"
    assert [(issue.rule, issue.row) for issue in refused.value.issues] == [("not_utf8", row)]


def test_a_csv_file_with_an_open_quote_or_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportRejected) as malformed:
        read(_snapshot(b'a,b\n1,"open\n', "list.csv"))
    assert (malformed.value.code, malformed.value.issues[0].row) == ("csv_malformed", 2)
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    assert _code(b"a\nb\nc\n", "list.csv") == "too_many_rows"


def test_an_unknown_kind_of_file_is_refused() -> None:
    assert _code(b"x", "list.pdf") == "file_type_unknown"
