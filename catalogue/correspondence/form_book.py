"""A periodic report as .xlsx in its official layout, which is also the workbook that agencies fill in and send back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.correspondence.form_words import Page, runs, shown
from catalogue.correspondence.form_words import T as _T
from catalogue.correspondence.lines import shortened
from catalogue.correspondence.paper import FONT, MOTTO, STATE
from catalogue.model.report_form import ColumnKind, ReportForm, depth, head_cells
from catalogue.model.report_table import Gap, Row, RowKind

# Called with the share of the rows that are written.
Told = Callable[[float], None]

SPARE_ROWS = 40  # of a form to fill in: where works may be added
_A4 = 9
_WIDTHS = {ColumnKind.ORDINAL: 6.0, ColumnKind.LABEL: 46.0}
_FIGURE = 12.0
_LINE = 15.0
_HEAD, _YELLOW, _GREY = "#E6EDEF", "#FFFBE6", "#F1F3F4"


@dataclass(frozen=True)
class _Styles:
    """The formats of a book: by their use, and of cells by alignment and weight."""

    title: Format
    state: Format
    left: Format
    note: Format
    head: Format
    text: dict[bool, Format]
    number: dict[bool, Format]
    gap: Format
    input: Format
    grey: Format


def write(page: Page, told: Told | None = None) -> bytes:
    """The report with its figures."""
    return _book(page, told, blank=False)


def template(page: Page) -> bytes:
    """The same form to fill in: the rows of `page` without figures, room for more, and how to do it."""
    return _book(page, None, blank=True)


def _book(page: Page, told: Told | None, *, blank: bool) -> bytes:
    output = BytesIO()
    with Workbook(output, {"in_memory": True}) as book:
        made = datetime.combine(page.made, time(), UTC).replace(tzinfo=None)
        title = f"{page.form.number}: {page.form.title.vi}"
        book.set_properties({"title": shortened(title, 200), "created": made})
        styles = _styles(book)
        sheet = book.add_worksheet(_T("report_forms.sheet"))
        head = _top(sheet, page, styles)
        first = _head(sheet, page.form, head, styles)
        last = _rows(sheet, page, first, styles, told, blank=blank)
        if blank:
            _whole_numbers(sheet, page.form, first, last)
        else:
            _notes(sheet, page, last + 1, styles)
        _set_up(sheet, page.form, head, first)
        if blank:
            _guide(book, page.form)
    return output.getvalue()


def _styles(book: Workbook) -> _Styles:
    plain: dict[str, Any] = {"font_name": FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
    box = {**plain, "border": 1}

    def add(**more: Any) -> Format:
        return book.add_format({**plain, **more})

    def boxed(**more: Any) -> Format:
        return book.add_format({**box, **more})

    return _Styles(
        title=add(bold=True, font_size=14, align="center"),
        state=add(bold=True, align="center"),
        left=add(),
        note=add(italic=True, font_color="#45575D", valign="top"),
        head=boxed(bold=True, align="center", bg_color=_HEAD, num_format="@"),
        text={bold: boxed(bold=bold, num_format="@") for bold in (False, True)},
        number={bold: boxed(bold=bold, align="right", num_format="#,##0") for bold in (False, True)},
        gap=boxed(align="center", italic=True, font_color="#45575D", num_format="@"),
        input=boxed(align="right", num_format="#,##0", bg_color=_YELLOW),
        grey=boxed(align="right", num_format="#,##0", bg_color=_GREY),
    )


def _top(sheet: Worksheet, page: Page, styles: _Styles) -> int:
    """Who reports, the State's name and motto, the form's name and lines; returns the row of the head."""
    last = len(page.form.columns) - 1
    half = last // 2
    right = (STATE, MOTTO, "")
    left = (page.issuer.upper(), _T("report_forms.form_number", number=page.form.number), page.form.legal)
    for row, (first_half, second_half) in enumerate(zip(left, right, strict=True)):
        _merged(sheet, row, 0, half, first_half, styles.state if row == 0 else styles.left)
        _merged(sheet, row, half + 1, last, second_half, styles.state)
    _merged(sheet, 4, 0, last, page.form.title.vi.upper(), styles.title)
    sheet.set_row(4, 24)
    for row, line in enumerate(page.lines, start=5):
        _merged(sheet, row, 0, last, line, styles.left)
    return 6 + len(page.lines)


def _head(sheet: Worksheet, form: ReportForm, top: int, styles: _Styles) -> int:
    """The head with its merged headings and the row of column numbers; returns the first row below."""
    for cell in head_cells(form.columns, "vi"):
        row, left = top + cell.row, cell.column
        if cell.rows > 1 or cell.columns > 1:
            sheet.merge_range(row, left, row + cell.rows - 1, left + cell.columns - 1, "", styles.head)
        sheet.write_string(row, left, cell.text, styles.head)
    bottom = top + depth(form.columns)
    for row in range(top, bottom):
        sheet.set_row(row, 32)
    for place, column in enumerate(form.columns):
        sheet.write_string(bottom, place, f"({column.number})", styles.head)
    return bottom + 1


def _rows(
    sheet: Worksheet, page: Page, first: int, styles: _Styles, told: Told | None, *, blank: bool
) -> int:
    """The rows; returns the first row below them."""
    codes = [column.code for column in page.form.figures]
    offset = len(page.form.columns) - len(codes)
    for done, row in enumerate(page.rows):
        number = first + done
        is_bold = row.kind in (RowKind.SECTION, RowKind.TOTAL)
        sheet.write_string(number, 0, row.ordinal, styles.text[is_bold])
        sheet.write_string(number, 1, row.label, styles.text[is_bold])
        sheet.set_row(number, _LINE * max(1, ceil(len(row.label) / _WIDTHS[ColumnKind.LABEL])))
        if blank:
            _blank(sheet, page, number, row, styles)
        else:
            _figures(sheet, number, offset, row, codes, styles)
        if told is not None and done % 20 == 0:
            told(done / len(page.rows))
    return first + len(page.rows)


def _figures(
    sheet: Worksheet, number: int, offset: int, row: Row, codes: Sequence[str], styles: _Styles
) -> None:
    is_bold = row.kind in (RowKind.SECTION, RowKind.TOTAL)
    for place, width, value in runs(row, codes):
        at = offset + place
        if not isinstance(value, Gap):
            sheet.write_number(number, at, value, styles.number[is_bold])
        elif width == 1:
            sheet.write_string(number, at, shown(value), styles.gap)
        else:
            sheet.merge_range(number, at, number, at + width - 1, shown(value), styles.gap)


def _blank(sheet: Worksheet, page: Page, number: int, row: Row, styles: _Styles) -> None:
    for place, column in enumerate(page.form.columns):
        if not column.is_figure:
            continue
        applies = column.applies_on(page.period.ends_on)
        is_asked = (
            column.kind is ColumnKind.FIGURE and applies and row.kind in (RowKind.FIELD, RowKind.AGENCY)
        )
        if is_asked:
            sheet.write_blank(number, place, None, styles.input)
        elif not applies:
            sheet.write_string(number, place, "–", styles.gap)
        else:
            sheet.write_blank(number, place, None, styles.grey)


def _whole_numbers(sheet: Worksheet, form: ReportForm, first: int, last: int) -> None:
    """Whole numbers only, in the rows there are and in those that may be added."""
    figures = [place for place, column in enumerate(form.columns) if column.is_figure]
    sheet.data_validation(
        first,
        figures[0],
        last + SPARE_ROWS,
        figures[-1],
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "ignore_blank": True,
            "error_type": "stop",
            "error_title": _T("statistics.only_whole_title"),
            "error_message": _T("statistics.only_whole"),
        },
    )


def _notes(sheet: Worksheet, page: Page, row: int, styles: _Styles) -> None:
    last = len(page.form.columns) - 1
    width = sum(_WIDTHS.get(column.kind, _FIGURE) for column in page.form.columns)
    for note in (*page.notes, page.provenance):
        _merged(sheet, row, 0, last, note, styles.note)
        sheet.set_row(row, _LINE * max(1, ceil(len(note) / width)))
        row += 1


def _set_up(sheet: Worksheet, form: ReportForm, head: int, first: int) -> None:
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, _WIDTHS.get(column.kind, _FIGURE))
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head, first - 1)
    sheet.freeze_panes(first, 2)
    sheet.set_footer("&C&P/&N")


def _guide(book: Workbook, form: ReportForm) -> None:
    """How to fill the form in, and what it must keep to."""
    sheet = book.add_worksheet(_T("statistics.sheet_guide"))
    wrap = book.add_format({"font_name": FONT, "font_size": 12, "text_wrap": True, "valign": "top"})
    bold = book.add_format({"font_name": FONT, "font_size": 14, "bold": True})
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, _T("statistics.guide_title"), bold)
    lines = [_T(f"statistics.guide_{number}") for number in range(1, 6)]
    lines += [form.equation(identity) for identity in form.identities]
    lines += [
        _T("statistics.guide_carry", now=form.terms((carry.now,)), before=form.terms((carry.before,)))
        for carry in form.carried
    ]
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line, wrap)
        sheet.set_row(row, 16 * max(1, ceil(len(line) / 105)))


def _merged(sheet: Worksheet, row: int, first: int, last: int, text: str, style: Format) -> None:
    """A text over several cells, never a formula."""
    sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, shortened(text, 4000), style)
