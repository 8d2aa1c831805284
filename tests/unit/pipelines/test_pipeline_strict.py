"""Strict tables: the header is found, and nothing in the source goes unsaid."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from catalogue.errors import ImportRejected, Issue
from pipelines.strict import changes, excerpt, find_table, letter, one_sheet, split
from pipelines.workbook import Row, Sheet


@dataclass(frozen=True)
class Columns:
    """What a source says of its columns."""

    columns: Mapping[str, str] = field(default_factory=lambda: {"Mã số": "procedure_code", "Tên": "name"})
    optional_columns: Mapping[str, str] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()


COLUMNS = Columns()


def _rows(*rows: tuple[str | None, ...]) -> tuple[Row, ...]:
    return tuple(Row(number, cells) for number, cells in enumerate(rows, start=1))


def test_the_header_is_found_below_a_title_whatever_its_case_form_or_order() -> None:
    rows = _rows(("DANH SÁCH",), ("STT", "TÊN", " Ma\u0303  sô\u0301 "), ("1", "A", "1.000001"), ("", None))
    table = find_table(rows, Columns(ignored_columns=("stt",)), "f.csv", None)
    assert (table.header_row, dict(table.position)) == (2, {"name": 1, "procedure_code": 2})
    assert [row.number for row in table.rows] == [3]
    assert table.raw(table.rows[0]) == {"STT": "1", "TÊN": "A", "Mã số": "1.000001"}
    assert table.issues == ()


def test_unknown_columns_and_cells_outside_the_table_are_reported() -> None:
    rows = _rows(("Mã số", "Tên", "Ghi chú"), ("1.000001", "A", "x", "y"))
    table = find_table(rows, COLUMNS, "f.csv", None)
    assert table.issues == (
        Issue("unknown_column", "error", "f.csv", None, 1, "C", "Ghi chú"),
        Issue("cell_outside_table", "warning", "f.csv", None, 2, "D", "y"),
    )
    assert table.raw(table.rows[0])["D"] == "y"


def test_a_missing_column_names_it_and_what_was_found() -> None:
    with pytest.raises(ImportRejected) as refused:
        find_table(_rows(("DANH SÁCH",), ("Mã số", "Tiêu đề")), COLUMNS, "f.csv", "S")
    assert refused.value.code == "missing_column"
    assert refused.value.issues == (
        Issue("missing_column", "error", "f.csv", "S", 2, "Tên", "Mã số, Tiêu đề"),
    )


def test_a_repeated_column_and_an_empty_table_are_refused() -> None:
    with pytest.raises(ImportRejected) as repeated:
        find_table(_rows(("Mã số", "Tên", "tên")), COLUMNS, "f.csv", None)
    with pytest.raises(ImportRejected) as empty:
        find_table(_rows(("", None)), COLUMNS, "f.csv", None)
    assert (repeated.value.code, empty.value.code) == ("repeated_column", "table_empty")


def test_one_sheet_is_used_and_others_must_be_declared() -> None:
    sheets = [Sheet("Danh sách", ()), Sheet("Ghi chú", ())]
    assert one_sheet(sheets, ["ghi chú"], "f.xlsx") is sheets[0]
    with pytest.raises(ImportRejected) as several:
        one_sheet(sheets, [], "f.xlsx")
    with pytest.raises(ImportRejected) as none:
        one_sheet(sheets[1:], ["Ghi chú"], "f.xlsx")
    assert (several.value.code, none.value.code) == ("several_sheets", "table_empty")
    assert [issue.sheet for issue in several.value.issues] == ["Danh sách", "Ghi chú"]


def test_parts_of_a_cell_are_distinct_and_keep_their_order() -> None:
    assert split("B; A ;B\nA\r\n\n C", ["\r", "\n", ";"]) == ("B", "A", "C")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hòa  bình\u00a0\n", ()),
        ("Ho\u0300a", ("NFD",)),
        ("a\u200e\u00adb\uf0b7", ("U+200E", "U+00AD", "U+F0B7")),
    ],
)
def test_changes_name_what_cleaning_takes_away(text: str, expected: tuple[str, ...]) -> None:
    assert changes(text) == expected


def test_columns_and_excerpts_as_a_person_reads_them() -> None:
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert excerpt("một hai ba", 8) == "một hai…"
