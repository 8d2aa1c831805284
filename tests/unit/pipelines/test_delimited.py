"""CSV files as rows of text, whatever parts their cells, and what is refused with its row."""

from pathlib import Path

import pytest

from catalogue.errors import ImportRejected, Invalid
from pipelines import delimited
from pipelines.delimited import read_csv
from pipelines.snapshot import snapshot_of
from pipelines.workbook import Cell, Row

HEADER = ("Mã số", "Tên")


def _rows(content: bytes, columns: tuple[str, ...] = HEADER) -> tuple[Row, ...]:
    (sheet,) = read_csv(snapshot_of(Path("list.csv"), content), columns)
    assert sheet.name is None
    return sheet.rows


def _cells(text: str, columns: tuple[str, ...] = HEADER) -> list[tuple[Cell, ...]]:
    return [row.cells for row in _rows(text.encode(), columns)]


def test_cells_are_text_under_their_row_number() -> None:
    text = '\ufeffMã số,Tên\n\n2.000460,"A\nB"\n1.000001,C\n'
    assert _rows(text.encode()) == (
        Row(1, ("Mã số", "Tên")),
        Row(3, ("2.000460", "A\nB")),
        Row(4, ("1.000001", "C")),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_parts_the_header(delimiter: str) -> None:
    text = f'"DANH SÁCH; 2026, quý I"\n Mã số {delimiter}TÊN\n1.000001{delimiter}"Sở A; Sở B, Sở C"\n'
    assert _cells(text)[1:] == [(" Mã số ", "TÊN"), ("1.000001", "Sở A; Sở B, Sở C")]


def test_without_a_header_that_fits_it_is_the_comma() -> None:
    assert _cells("Mã;Tên\n1;2\n") == [("Mã;Tên",), ("1;2",)]
    assert _cells("a;b\n", ()) == [("a;b",)]


def test_a_first_line_may_say_the_delimiter() -> None:
    assert _rows("sep=|\nMã số|Tên\n1|2\n".encode()) == (Row(2, ("Mã số", "Tên")), Row(3, ("1", "2")))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_read_where_it_says_so(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    content = f"{mark}Mã số\tTên\n1.000001\tCấp thẻ\n".encode(encoding)
    assert [row.cells for row in _rows(content)] == [("Mã số", "Tên"), ("1.000001", "Cấp thẻ")]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"code,name\n1.000001,\xff\xfe\n", 2),
        (b"code,name\n\n\xe1\xbb,x\n", 3),
        (b'code,name\n1,"a\nb"\n2,\xe1\n', 3),
        ("Mã,Tên\n".encode("utf-16-le"), 1),
        ("a,b\n1,Hộ tịch\n".encode("utf-16-le"), 2),
        ("a,b\n1,Hô\u0323 ti\u0323ch\n".encode("cp1258"), 2),
        ("a,b\n".encode("utf-16") + b"\x00", 1),
    ],
)
def test_bytes_that_are_no_text_name_their_row(content: bytes, row: int) -> None:
    with pytest.raises(Invalid) as refused:
        _rows(content)
    assert refused.value.code == "not_utf8"
    assert [(issue.rule, issue.row) for issue in refused.value.issues] == [("not_utf8", row)]


def test_an_open_quote_is_refused_with_its_row() -> None:
    with pytest.raises(ImportRejected) as malformed:
        _rows(b'a,b\n1,"open\n')
    assert (malformed.value.code, malformed.value.issues[0].row) == ("csv_malformed", 2)


def test_rows_and_cells_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 2)
    monkeypatch.setattr(delimited, "MAX_CELLS", 5)
    for content, code in ((b"a\nb\nc\n", "too_many_rows"), (b"a,b,c\nd,e,f\n", "too_many_cells")):
        with pytest.raises(ImportRejected) as refused:
            _rows(content)
        assert refused.value.code == code


def test_a_cell_may_be_longer_than_python_expects() -> None:
    assert _cells(f'a,"{"x" * 200_000}"\n') == [("a", "x" * 200_000)]
