"""Workbooks of periodic forms for tests: written by the product, then changed cell by cell as a person would."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.correspondence import form_file
from catalogue.services import report_forms
from catalogue.services.installation import Installation
from catalogue.services.statistics import Brought
from pipelines.snapshot import snapshot_of
from pipelines.sources.dossier_statistics.read import read_statistics

Change = Callable[[Worksheet], None]


def sent(installation: Installation, agency: str, period: str = "2024-Q1", form: str = "II.06a") -> bytes:
    """The report of an agency as the workbook that the product gives out."""
    report = report_forms.build(installation, form, period, agency)
    return form_file.write(form_file.page_of(installation, report), form="xlsx")


def changed(content: bytes, *changes: Change) -> bytes:
    """The workbook with its first sheet changed."""
    book = load_workbook(BytesIO(content))
    for change in changes:
        change(book.worksheets[0])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def brought(installation: Installation, content: bytes, name: str = "bieu.xlsx") -> Brought:
    return read_statistics(installation.reference, snapshot_of(Path(name), content))


def row_of(sheet: Worksheet, label: str) -> int:
    """The row whose second cell says this."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == label)


def line_of(sheet: Worksheet, start: str) -> int:
    """The row above the table whose first cell begins so."""
    return next(
        row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").startswith(start)
    )


def put(label: str, column: int, value: object) -> Change:
    """Write a cell of the row with this label; `column`: as the form numbers it."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, label), column).value = value  # type: ignore[assignment]

    return change


def say(start: str, text: str) -> Change:
    """Replace a line above the table."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(line_of(sheet, start), 1).value = text

    return change
