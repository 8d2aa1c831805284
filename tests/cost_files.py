"""Cost workbooks for tests: written by the product, then changed cell by cell as a person would, and reckoned by hand."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from math import floor
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.correspondence import cost_book
from catalogue.correspondence.cost_book import Begun
from catalogue.correspondence.cost_form import COLUMNS, LISTED
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import Collected, Draft, DraftLine, Kind, Method
from catalogue.services.installation import Installation
from pipelines.cost_sheets.read import Brought, read_cost_sheets
from pipelines.snapshot import snapshot_of
from tests import cost_world as world

SOURCES, GUIDE = "Nguồn số liệu", "Hướng dẫn"
REASON = "Có kết quả khảo sát mới của quý I"
YEAR, INCOME = 2023, 48_248
SURVEYED = Collected(45, "Khảo sát 30 doanh nghiệp", Method.SURVEY)

Change = Callable[[Workbook], None]


def figures(**values: Sequence[Collected] | Collected) -> dict[Kind, tuple[Collected, ...]]:
    return {
        Kind(kind): (some,) if isinstance(some, Collected) else tuple(some) for kind, some in values.items()
    }


def draft(installation: Installation, code: str = world.FEWER) -> Draft:
    """A sheet of the version in force with figures of one source, of several, and of a source of their own."""
    several = (
        Collected(240, "Phỏng vấn cán bộ một cửa", Method.INTERVIEW),
        Collected(60, "Khảo sát 30 doanh nghiệp", Method.SURVEY),
        Collected(90, "Khảo sát 200 người dân", Method.SURVEY),
        Collected(120, "Tự thực hiện thử", Method.TRIAL),
    )
    fee = Collected(135_000, "Thông tư 277/2016/TT-BTC", Method.LAW)
    lines = (
        DraftLine(Activity.PREPARE, "Đơn đề nghị", figures(minutes=several)),
        DraftLine(
            Activity.SUBMIT,
            "Nộp hồ sơ",
            figures(minutes=SURVEYED, hired=Collected(50_000, SURVEYED.source, SURVEYED.method)),
        ),
        DraftLine(
            Activity.PAY, "Phí, lệ phí", figures(fees=fee, minutes=Collected(10, "Ước", Method.ESTIMATE))
        ),
    )
    whole = figures(
        times=Collected(1, "Luật", Method.LAW), people=Collected(1_086, "Báo cáo năm", Method.STATISTICS)
    )
    return Draft(code, world.version_id(installation, code, world.AGAIN), lines, whole)


def written(installation: Installation, *drafts: Draft, spare: int = 0) -> bytes:
    """A workbook of these sheets, at the hourly income of 2023."""
    sheets = [Begun(one, YEAR, INCOME) for one in drafts]
    return cost_book.write(installation, installation.moment(), sheets, spare=spare)


def changed(content: bytes, *changes: Change) -> bytes:
    """The workbook after some changes; what Excel computed is lost, as with any program that is no Excel."""
    book = load_workbook(BytesIO(content))
    for change in changes:
        change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def brought(installation: Installation, content: bytes) -> Brought:
    found = read_cost_sheets(installation, snapshot_of(Path("bang-tinh.xlsx"), content))
    return replace(found, givens=tuple(replace(one, reason=REASON) for one in found.givens))


def first_row(sheet: Worksheet) -> int:
    """The first row below the column numbers, as Excel counts."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "(1)") + 1


def put(sheet: str, place: int, column: str, value: object) -> Change:
    """Write a cell of a row of a table, counted from 1."""

    def change(book: Workbook) -> None:
        columns = LISTED if sheet == SOURCES else COLUMNS
        target = book[sheet]
        target.cell(first_row(target) + place - 1, columns.index(column) + 1).value = value  # type: ignore[assignment]

    return change


def say(sheet: str, label: str, value: object) -> Change:
    """Write what a line above the table says."""

    def change(book: Workbook) -> None:
        target = book[sheet]
        target.cell(line_of(target, label), 3).value = value  # type: ignore[assignment]

    return change


def line_of(sheet: Worksheet, label: str) -> int:
    """The row of a line above the table."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == label)


def reckoned(sheet: Worksheet, cell: str) -> float:
    """What Excel makes of a cell of a workbook that was read with its formulas."""
    held = sheet[cell].value
    if not isinstance(held, str) or not held.startswith("="):
        return held or 0
    expression = re.sub(
        r"([A-Z]+)\$?(\d+)(?::([A-Z]+)\$?(\d+))?",
        lambda found: f"of('{found[1]}{found[2]}'" + (f",'{found[3]}{found[4]}')" if found[3] else ")"),
        held[1:],
    )

    def of(first: str, last: str | None = None) -> object:
        if last is None:
            return reckoned(sheet, first)
        return [reckoned(sheet, one.coordinate) for (one,) in sheet[f"{first}:{last}"]]

    def rounded(value: float, digits: int) -> int:
        assert digits == 0
        return floor(value + 0.5)

    return eval(expression, {"ROUND": rounded, "MAX": max, "SUM": sum, "of": of})  # type: ignore[no-any-return]
