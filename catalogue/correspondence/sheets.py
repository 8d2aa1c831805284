"""Sheets of one look in an .xlsx: the source above, a frozen header with filters, texts that are never formulas."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.correspondence.lines import shortened
from catalogue.working_days import ZONE

HEAD = 3  # the row of the header, counted from 0: title, source and the demonstration's line stand above it
LONGEST = 32_000  # characters of a cell

_A4 = 9
_LINE, _TALLEST = 15.0, 409.0  # points; no row of a sheet is taller

Value = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True)
class Column:
    """A column by the name that its header is found by, and its width in letters."""

    name: str
    width: float


class Sheets:
    """The sheets of one workbook. `header`: the words of a column's name."""

    def __init__(
        self, book: Workbook, title: str, sources: Sequence[str], header: Callable[[str], str]
    ) -> None:
        self.book, self.title, self.sources, self.header = book, title, sources, header
        top: dict[str, Any] = {"valign": "top", "font_name": "Times New Roman", "font_size": 11}
        box = {**top, "border": 1, "border_color": "#B7C4C8"}
        self.heading = book.add_format({**top, "bold": True, "font_size": 14})
        self.note = book.add_format({**top, "italic": True, "font_color": "#45575D"})
        self.head = book.add_format(
            {**box, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#E6EDEF"}
        )
        self.formats: dict[tuple[str, bool], Format] = {}
        for is_total in (False, True):
            style = {**box, "bold": is_total}
            self.formats["text", is_total] = book.add_format({**style, "text_wrap": True, "num_format": "@"})
            self.formats["count", is_total] = book.add_format({**style, "num_format": "#,##0"})
            self.formats["share", is_total] = book.add_format({**style, "num_format": "0.0"})
            self.formats["day", is_total] = book.add_format({**style, "num_format": "dd/mm/yyyy"})
            self.formats["instant", is_total] = book.add_format({**style, "num_format": "dd/mm/yyyy hh:mm"})

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        total: Sequence[Value] | None = None,
        *,
        frozen: int = 1,
    ) -> None:
        """One sheet: title, source lines, header, rows, and the total below them; `frozen`: columns that stay."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
        sheet.set_row(HEAD, 48)
        sheet.write_string(0, 0, self.title, self.heading)
        for number, line in enumerate(self.sources, start=1):
            sheet.write_string(number, 0, line, self.note)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(HEAD, place, self.header(column.name), self.head)
        last = HEAD
        for row in rows:
            last += 1
            sheet.set_row(last, _height(columns, row))
            self._row(sheet, last, row, is_total=False)
        sheet.freeze_panes(HEAD + 1, frozen)
        sheet.autofilter(HEAD, 0, max(last, HEAD + 1), len(columns) - 1)
        if total is not None:
            self._row(sheet, last + 1, total, is_total=True)

    def _row(self, sheet: Worksheet, number: int, row: Sequence[Value], *, is_total: bool) -> None:
        for place, value in enumerate(row):
            self._cell(sheet, number, place, value, is_total=is_total)

    def _cell(self, sheet: Worksheet, row: int, place: int, value: Value, *, is_total: bool) -> None:
        style = self.formats
        if value is None:
            sheet.write_blank(row, place, None, style["text", is_total])
        elif isinstance(value, str):
            sheet.write_string(row, place, shortened(value, LONGEST), style["text", is_total])
        elif isinstance(value, datetime):
            naive = value.astimezone(ZONE).replace(tzinfo=None)
            sheet.write_datetime(row, place, naive, style["instant", is_total])
        elif isinstance(value, date):
            sheet.write_datetime(row, place, datetime.combine(value, time()), style["day", is_total])
        elif isinstance(value, int):
            sheet.write_number(row, place, value, style["count", is_total])
        else:
            sheet.write_number(row, place, float(value), style["share", is_total])


def _height(columns: Sequence[Column], row: Sequence[Value]) -> float:
    """The height of a row in points, so that every program shows its wrapped texts whole."""
    texts = (
        (len(value), column.width)
        for column, value in zip(columns, row, strict=True)
        if isinstance(value, str)
    )
    lines = max((ceil(length / width) for length, width in texts), default=1)
    return min(_TALLEST, _LINE * max(lines, 1))
