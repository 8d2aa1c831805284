"""The table of form 03/SCM-KSTT on a worksheet: a row a piece of work, sums as formulas that say what the product says."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.correspondence.cost_form import COLUMNS, T, title
from catalogue.correspondence.lines import shortened
from catalogue.correspondence.paper import FONT
from catalogue.correspondence.sheets import LONGEST
from catalogue.model.cost import Activity
from catalogue.model.cost_form import lines_of
from catalogue.model.cost_sheet import OF_LINE, OF_SHEET, Draft, estimate

LINE, TALLEST = 15.0, 409.0  # points
_A4 = 9
_HEAD, _YELLOW = "#E6EDEF", "#FFFBE6"
_WIDTHS = {
    "ordinal": 6.0, "activity": 18.0, "label": 36.0, "minutes": 9.0, "income": 12.0, "hired": 14.0, "fees": 14.0, "times": 9.0,
    "people": 11.0, "case": 14.0, "year": 18.0, "source": 32.0, "method": 18.0,
}  # fmt: skip
_AT = {name: place for place, name in enumerate(COLUMNS)}


@dataclass(frozen=True)
class Row:
    """A piece of work as the form has it; a figure that nobody collected is None. `cost`: đồng of one case."""

    activity: Activity
    label: str
    figures: Sequence[int | None]  # minutes, đồng hired, đồng of fees
    cost: int
    source: str = ""
    method: str = ""


@dataclass(frozen=True)
class Table:
    """The rows with what holds for all of them."""

    rows: Sequence[Row]
    income: int
    times: int | None
    people: int | None

    @property
    def cases(self) -> int:
        """Cases a year, as far as they are known."""
        return (self.times or 0) * (self.people or 0)


@dataclass(frozen=True)
class Span:
    """Where the rows of a table stand on its worksheet, counted from 0; the total stands below the last."""

    first: int
    last: int


class Styles:
    """The formats of a book; `is_input`: cells to fill in are yellow."""

    def __init__(self, book: Workbook) -> None:
        plain: dict[str, Any] = {
            "font_name": FONT,
            "font_size": 11,
            "valign": "top",
            "text_wrap": True,
            "num_format": "@",
        }
        box = {**plain, "border": 1}

        def add(**more: Any) -> Format:
            return book.add_format({**plain, **more})

        self.title = add(bold=True, font_size=14, align="center")
        self.part = add(bold=True, font_size=12)
        self.bold, self.plain = add(bold=True), add()
        self.note = add(italic=True, font_color="#45575D")
        self.year = add(num_format="0", align="left", bg_color=_YELLOW)
        self.head = book.add_format({**box, "bold": True, "align": "center", "bg_color": _HEAD})
        self._cells: dict[tuple[str, bool, bool], Format] = {}
        for kind, number in (("text", "@"), ("whole", "#,##0"), ("hours", "#,##0.00"), ("share", "0.0")):
            for is_input in (False, True):
                for is_total in (False, True):
                    color = {"bg_color": _YELLOW} if is_input else {}
                    self._cells[kind, is_input, is_total] = book.add_format(
                        {**box, **color, "num_format": number, "bold": is_total}
                    )

    def cell(self, kind: str, *, is_input: bool = False, is_total: bool = False) -> Format:
        """Of a cell with text, a whole number, hours or a share."""
        return self._cells[kind, is_input, is_total]


def table_of(draft: Draft, income: int) -> Table:
    """The table of a draft, its figures the lower middle of what was collected. Raises: ValueError for a negative one."""
    rows = [
        Row(
            form.activity,
            form.label,
            [form.values.get(kind) for kind in OF_LINE],
            line.line.cost(income),
            form.source,
            T.word("cost.method", form.method) if form.method else "",
        )
        for form, line in zip(lines_of(draft.lines)[0], draft.lines, strict=True)
    ]
    times, people = (
        estimate(draft.whole, kind).chosen if draft.whole.get(kind) else None for kind in OF_SHEET
    )
    return Table(rows, income, times, people)


def set_up(sheet: Worksheet) -> None:
    """The columns' widths and the page."""
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS[name])
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")


def write_head(sheet: Worksheet, top: int, names: Sequence[str], styles: Styles) -> int:
    """The titles with their column numbers below; returns the first row below both."""
    for place, name in enumerate(names):
        sheet.write_string(top, place, title(name), styles.head)
        sheet.write_string(top + 1, place, f"({place + 1})", styles.head)
    sheet.set_row(top, 4 * LINE)
    return top + 2


def write_table(sheet: Worksheet, top: int, table: Table, styles: Styles, spare: int = 0) -> Span:
    """Head, rows, as many rows to fill in, and the total; rows to fill in make all cells of a person yellow."""
    first = write_head(sheet, top, COLUMNS, styles)
    count = max(1, len(table.rows) + spare)
    span = Span(first, first + count - 1)
    for place in range(count):
        row = table.rows[place] if place < len(table.rows) else None
        _row(sheet, span, first + place, row, table, styles, is_input=spare > 0)
    _total(sheet, span, table, styles)
    return span


def _row(
    sheet: Worksheet,
    span: Span,
    number: int,
    row: Row | None,
    table: Table,
    styles: Styles,
    *,
    is_input: bool,
) -> None:
    text, whole = (styles.cell(kind, is_input=is_input) for kind in ("text", "whole"))
    minutes, hired, fees = row.figures if row else (None, None, None)
    sheet.write_number(number, _AT["ordinal"], number - span.first + 1, styles.cell("whole"))
    texts = {
        "activity": T.word("cost.activity", row.activity) if row else "",
        "label": row.label if row else "",
        "source": row.source if row else "",
        "method": row.method if row else "",
    }
    for name, value in texts.items():
        write_text(sheet, number, _AT[name], value, text)
    counts = (table.times, table.people) if row else (None, None)
    write_number(sheet, number, _AT["minutes"], hours(minutes), styles.cell("hours", is_input=is_input))
    for name, figure in zip(("hired", "fees", "times", "people"), (hired, fees, *counts), strict=True):
        write_number(sheet, number, _AT[name], figure, whole)
    write_number(sheet, number, _AT["income"], table.income, whole)
    at, last = number + 1, span.last + 1
    case = f"=ROUND(ROUND(D{at}*60,0)*E{at}/60,0)+F{at}+G{at}"
    cases = f"MAX(H${span.first + 1}:H${last})*MAX(I${span.first + 1}:I${last})"
    cost = row.cost if row else 0
    sheet.write_formula(number, _AT["case"], case, styles.cell("whole"), cost)
    sheet.write_formula(number, _AT["year"], f"=J{at}*{cases}", styles.cell("whole"), cost * table.cases)
    sheet.set_row(number, height((texts["label"], _WIDTHS["label"]), (texts["source"], _WIDTHS["source"])))


def _total(sheet: Worksheet, span: Span, table: Table, styles: Styles) -> None:
    number = span.last + 1
    style = styles.cell("whole", is_total=True)
    for place in range(len(COLUMNS)):
        sheet.write_blank(number, place, None, style)
    sheet.write_string(number, _AT["activity"], T("cost_book.total"), styles.cell("text", is_total=True))
    case = sum(row.cost for row in table.rows)
    for name, letter, value in (("case", "J", case), ("year", "K", case * table.cases)):
        formula = f"=SUM({letter}{span.first + 1}:{letter}{span.last + 1})"
        sheet.write_formula(number, _AT[name], formula, style, value)


def hours(minutes: int | None) -> float | None:
    """Minutes as the form has them."""
    return None if minutes is None else minutes / 60


def write_text(sheet: Worksheet, row: int, place: int, text: str, style: Format) -> None:
    """A text, never a formula; an empty cell where there is none."""
    if text:
        sheet.write_string(row, place, shortened(text, LONGEST), style)
    else:
        sheet.write_blank(row, place, None, style)


def write_number(sheet: Worksheet, row: int, place: int, value: float | None, style: Format) -> None:
    """A number; an empty cell where there is none."""
    if value is None:
        sheet.write_blank(row, place, None, style)
    else:
        sheet.write_number(row, place, value, style)


def write_over(sheet: Worksheet, row: int, first: int, last: int, text: str, style: Format) -> None:
    """A text over several cells, never a formula."""
    sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, shortened(text, LONGEST), style)


def write_line(sheet: Worksheet, row: int, label: str, value: str | int, styles: Styles) -> None:
    """A line above a table: what it is about, and what it says; a number is there to be changed."""
    write_over(sheet, row, 0, 1, label, styles.bold)
    if isinstance(value, int):
        sheet.write_number(row, 2, value, styles.year)
    else:
        write_over(sheet, row, 2, len(COLUMNS) - 1, value, styles.plain)
    sheet.set_row(
        row, height((label, sum(list(_WIDTHS.values())[:2])), (str(value), sum(_WIDTHS.values()) - 40))
    )


def height(*texts: tuple[str, float]) -> float:
    """The height in points of a row with some texts in columns of some widths, so that all of them show whole."""
    return min(TALLEST, LINE * max(ceil((len(text) + 1) / width) for text, width in texts))
