"""A table to take away: real types, the headings of the page, texts that are never formulas, where it comes from."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook

from catalogue.correspondence import table_book
from catalogue.correspondence.sheets import HEAD
from catalogue.correspondence.table_book import Shown, Table
from catalogue.i18n import Translator
from catalogue.model.period import Organisation
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

VI = Translator("vi")
FRAME = pl.DataFrame(
    {
        "name": ['=HYPERLINK("http://x";"y")', "+84", "-1+1", "@SUM(A1)", "Bộ Y tế"],
        "count": [1086, 0, None, 7, 3],
        "share": pl.Series([Decimal("60.6"), None, Decimal(0), None, None]),
        "mean": [1.5, float("nan"), None, 2.0, 3.0],
        "day": [date(2024, 2, 29), None, None, None, None],
        "at": [datetime(2024, 2, 29, 17, 30, tzinfo=UTC), None, None, None, None],
        "leads": [["Bộ A", "Bộ B"], [], [], [], []],
        "unsaid": ["x"] * 5,
    },
    schema_overrides={"at": pl.Datetime("us", "UTC")},
)
COLUMNS = tuple(
    Shown(name, heading, width)
    for name, heading, width in (
        ("name", "Tên", 40.0),
        ("count", "=Số", None),
        ("share", "Tỷ lệ (%)", None),
        ("mean", "Trung vị", None),
        ("day", "Hạn", None),
        ("at", "Ghi lúc", None),
        ("leads", "Cơ quan", None),
    )
)


def book(installation: Installation, table: Table, **moment: Any) -> Workbook:
    asked = installation.moment(moment.get("as_of"), moment.get("known_at"), Organisation.TODAY)
    return load_workbook(BytesIO(table_book.write(installation, asked, table, VI)))


def test_cells_have_their_types_and_headings_and_are_never_formulas(demo: Installation) -> None:
    sheet = book(demo, Table("Bảng thử", COLUMNS, FRAME))["Bảng"]
    rows = list(sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 1 + FRAME.height))
    assert [cell.value for cell in rows[0]] == [one.heading for one in COLUMNS]
    assert [row[0].value for row in rows[1:]] == FRAME["name"].to_list()
    assert {cell.data_type for row in rows for cell in row} == {"s", "n", "d"}
    told = [cell.value.isoformat() if cell.is_date else cell.value for cell in rows[1][1:]]
    assert told == [
        1086,
        60.6,
        1.5,
        "2024-02-29T00:00:00",
        "2024-03-01T00:30:00",
        "Bộ A; Bộ B",
    ]
    assert [cell.value for cell in rows[2][1:]] == [0, None, None, None, None, None]
    assert rows[1][4].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == f"B{HEAD + 2}"


def test_columns_are_as_wide_as_the_page_says_or_as_their_texts_need(demo: Installation) -> None:
    sheet = book(demo, Table("Bảng thử", COLUMNS, FRAME))["Bảng"]
    assert 39 <= sheet.column_dimensions["A"].width <= 42
    assert sheet.column_dimensions["G"].width >= len("Bộ A; Bộ B")


def test_a_second_sheet_says_where_it_comes_from(demo: Installation) -> None:
    table = Table("Bảng thử", COLUMNS, FRAME, (("Cơ quan", "Bộ Y tế (12)"),))
    workbook = book(demo, table, as_of=date(2024, 2, 29), known_at=date(2024, 3, 5))
    sheet = workbook["Nguồn"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=HEAD + 2)}
    assert said["Bảng"] == "Bảng thử"
    assert said["Số dòng"] == "5"
    assert said["Bộ lọc: Cơ quan"] == "Bộ Y tế (12)"
    assert said["Tính đến ngày"] == "29/02/2024"
    assert said["Theo dữ liệu ghi nhận đến"] == "05/03/2024"
    assert said["Phiên bản dữ liệu"].isdigit()
    assert said["Tính theo"].startswith("cơ quan hiện nay")
    assert said["Dữ liệu trình diễn"].startswith("Dữ liệu trình diễn")
    assert "tính đến 29/02/2024" in workbook["Bảng"]["A2"].value
    assert workbook["Bảng"]["A3"].value.startswith("Dữ liệu trình diễn")


def test_a_real_installation_has_no_word_of_demonstration(empty: Installation) -> None:
    workbook = book(empty, Table("Bảng thử", COLUMNS, FRAME.clear()))
    every = [str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not [text for text in every if "trình diễn" in text]
    assert workbook["Bảng"]["A4"].value == "Tên"


def test_an_english_page_gives_an_english_file(demo: Installation) -> None:
    made = table_book.write(demo, demo.moment(), Table("A table", COLUMNS, FRAME), Translator("en"))
    assert load_workbook(BytesIO(made)).sheetnames == ["Table", "Source"]
