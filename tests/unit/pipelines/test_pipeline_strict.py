"""Strict tables: the header is found, and nothing in the source goes unsaid."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from catalogue.errors import ImportRejected, Issue
from pipelines.strict import (
    changes,
    children_apart,
    excerpt,
    find_table,
    hidden,
    letter,
    one_sheet,
    spans,
    split,
)
from pipelines.workbook import MERGED, Row, Sheet


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


def test_rows_that_are_no_records_are_named_and_passed_over() -> None:
    rows = (
        Row(1, ("STT", "Mã số", "Tên")),
        Row(2, ("(1)", "(2)", "(3)")),
        Row(3, ("I. HỘ TỊCH", None, None), ((1, MERGED), (2, MERGED))),
        Row(4, ("1", "1.000001", "A")),
        Row(5, ("STT", "Mã  số", "Tên")),
        Row(6, ("2",)),
        Row(7, ("3", "1.000002", None), ((2, MERGED),)),
    )
    table = find_table(rows, Columns(ignored_columns=("STT",)), "f.xlsx", "S")
    assert [row.number for row in table.rows] == [4, 7]
    assert [(issue.rule, issue.row, issue.value) for issue in table.issues] == [
        ("header_repeated", 2, "(1), (2), (3)"),
        ("group_heading", 3, "I. HỘ TỊCH"),
        ("header_repeated", 5, "STT, Mã số, Tên"),
    ]


def test_of_two_header_rows_the_one_that_names_more_columns_is_the_header() -> None:
    rows = _rows(
        ("Mã số", "Tên", "Cơ quan", None), ("Mã số", "Tên", "Ban hành", "Thực hiện"), ("1.1", "A", "b", "c")
    )
    columns = Columns(optional_columns={"Ban hành": "issuing", "Thực hiện": "implementing"})
    table = find_table(rows, columns, "f.xlsx", "S")
    assert (table.header_row, len(table.position), [row.number for row in table.rows]) == (2, 4, [3])


def test_cells_without_a_header_are_counted_once_there_are_many() -> None:
    rows = _rows(("Mã số", "Tên"), *((f"1.{number:06}", "A", "x") for number in range(25)))
    issues = find_table(rows, COLUMNS, "f.csv", None).issues
    assert [issue.rule for issue in issues] == ["cell_outside_table"] * 20 + ["cells_outside_table"]
    assert (issues[-1].column, issues[-1].value) == ("C", "5")


def test_what_is_hidden_is_said_once_a_sheet() -> None:
    rows = tuple(Row(number, ("x",), is_hidden=number in (2, 4, 5, 6)) for number in range(1, 8))
    sheet = Sheet("S", (*rows, Row(8, ("",), is_hidden=True)), is_hidden=True, hidden_columns=(1,))
    assert [(issue.rule, issue.row, issue.column, issue.value) for issue in hidden(sheet, "f.xlsx")] == [
        ("sheet_hidden", None, None, "S"),
        ("column_hidden", None, "B", None),
        ("rows_hidden", 2, None, "2, 4–6"),
    ]
    assert spans(range(1, 100, 2)).endswith("39, …")
    assert list(hidden(Sheet("S", (Row(1, ("x",)),)), "f.xlsx")) == []


def test_sheets_beside_the_list_are_known_by_name() -> None:
    main, beside, other = Sheet("Thủ tục", ()), Sheet("CÁCH  THỨC", ()), Sheet(None, ())
    assert children_apart((main, beside, other), ["Cách thức"]) == ((main, other), (beside,))
