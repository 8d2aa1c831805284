"""The month's progress report as .xlsx: the rows by ministry, every item behind the numbers, what explains them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.correspondence import progress_paper as words
from catalogue.correspondence.lines import plain, shortened
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport, ProgressRow
from catalogue.services import figures, items
from catalogue.services.installation import Installation
from catalogue.working_days import ZONE

HEAD = 3  # the row of the header, counted from 0: title, source and the demonstration's line stand above it
LONGEST = 32_000  # characters of a cell

_T = Translator("vi")
_A4 = 9
_LINE, _TALLEST = 15.0, 409.0  # points; no row of a sheet is taller
_EVERY = 1_000_000
_COUNTS = (
    "assigned", "approved", "enacted", "published", "done", "percent", "percent_of_due", "done_before", "change",
    "done_in_time", "done_late", "in_time", "no_deadline", "due_soon", "overdue", "base_added", "base_withdrawn",
    "extensions_granted", "extensions_refused", "late_corrections",
)  # fmt: skip
_ITEM_DAYS = ("assigned_on", "approved_on", "enacted_on", "published_on", "done_on", "original_deadline",
              "current_deadline")  # fmt: skip

Value = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True)
class _Column:
    name: str
    width: float


def write(installation: Installation, report: ProgressReport, agency: str | None = None) -> bytes:
    """The report as .xlsx; `agency` as the report was asked for."""
    output = BytesIO()
    with Workbook(output, {"in_memory": True}) as book:
        book.set_properties({"title": shortened(words.title(report), 200), "created": report.as_of})
        writer = _Writer(book, words.title(report), _sources(installation, report))
        writer.sheet("total", _total_columns(), _total_rows(report), total=_total_row(report))
        writer.sheet("items", _item_columns(), _item_rows(installation, report, agency))
        writer.sheet("base", _columns(("date", 12), ("agency", 30), ("kind_of_change", 14), ("items", 10),
                                      ("only_reason", 60), ("document", 34)), _base_rows(report))  # fmt: skip
        writer.sheet("late", _columns(("code", 14), ("title", 60), ("agency", 24), ("subject", 28), ("before", 12),
                                      ("after", 12), ("recorded", 18)), _late_rows(report))  # fmt: skip
        writer.sheet("documents", _columns(("document", 70), ("drafting", 24), ("planned", 14), ("alone", 12),
                                           ("helps", 14)), _document_rows(installation, report))  # fmt: skip
    return output.getvalue()


class _Writer:
    """Sheets of one look: the source line, a frozen header with filters, texts that are never formulas."""

    def __init__(self, book: Workbook, title: str, sources: Sequence[str]) -> None:
        self.book, self.title, self.sources = book, title, sources
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
        columns: Sequence[_Column],
        rows: Iterable[Sequence[Value]],
        total: Sequence[Value] | None = None,
    ) -> None:
        """One sheet: title, source lines, header, rows, and the total below them."""
        sheet = self.book.add_worksheet(_T(f"report.sheet_{name}"))
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
            sheet.write_string(HEAD, place, _header(column.name), self.head)
        last = HEAD
        for row in rows:
            last += 1
            sheet.set_row(last, _height(columns, row))
            self._row(sheet, last, row, is_total=False)
        sheet.freeze_panes(HEAD + 1, 1 if name != "items" else 3)
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


def _height(columns: Sequence[_Column], row: Sequence[Value]) -> float:
    """The height of a row in points, so that every program shows its wrapped texts whole."""
    texts = (
        (len(value), column.width)
        for column, value in zip(columns, row, strict=True)
        if isinstance(value, str)
    )
    lines = max((ceil(length / width) for length, width in texts), default=1)
    return min(_TALLEST, _LINE * max(lines, 1))


def _header(name: str) -> str:
    """A column's name; the deadline states by their full words, for two of them are short for the same."""
    states = f"deadline.{name}"
    return _T(states) if _T.has(states) else _T(f"report.column_{name}")


def _sources(installation: Installation, report: ProgressReport) -> list[str]:
    said = [words.source(report)]
    if installation.is_demo:
        said.append(_T("app.demo_line", day=installation.working_date))
    return said


def _columns(*described: tuple[str, float]) -> list[_Column]:
    return [_Column(name, width) for name, width in described]


def _total_columns() -> list[_Column]:
    return [_Column("agency", 34), *(_Column(name, 12) for name in _COUNTS), _Column("return", 16)]


def _total_rows(report: ProgressReport) -> Iterable[Sequence[Value]]:
    for row in report.rows:
        state = _T.word("report.return", row.return_state.value) if row.return_state else None
        yield (row.agency_name, *(_count(row, name) for name in _COUNTS), state)


def _total_row(report: ProgressReport) -> Sequence[Value]:
    return (_T("report.total"), *(_count(report.total, name) for name in _COUNTS), None)


def _count(row: ProgressRow, name: str) -> Value:
    if name == "percent":
        return row.percent_of_all
    if name == "change":
        return row.done_change
    value: Value = getattr(row, name)
    return value


def _item_columns() -> list[_Column]:
    return [
        _Column("no", 7), _Column("code", 14), _Column("title", 60), _Column("agency", 34), _Column("field", 26),
        _Column("is_done", 12), _Column("deadline_state", 30), *(_Column(name, 13) for name in _ITEM_DAYS),
        _Column("extensions", 10), _Column("instruments", 14),
    ]  # fmt: skip


def _item_rows(
    installation: Installation, report: ProgressReport, agency: str | None
) -> Iterable[Sequence[Value]]:
    """Every item of the base, beside the agency that answers for it at the end of the period: the rows count it there."""
    moment = Moment(report.as_of, None, report.revision)
    successor = installation.reference.successor
    number = 0
    for row in items.find(installation, moment, report.programme_code, size=_EVERY).iter_rows(named=True):
        answering = successor(row["lead_agency"], report.as_of, row["field_name"])
        if agency not in (None, answering.code):
            continue
        number += 1
        yield (
            number,
            row["procedure_code"],
            row["title"],
            answering.name_on(report.as_of),
            row["field_name"],
            int(row["done_on"] is not None),
            _T(f"deadline.{row['deadline_state']}"),
            *(row[name] for name in _ITEM_DAYS),
            row["extensions"],
            f"{row['instruments_issued']}/{row['instruments_needed']}",
        )


def _base_rows(report: ProgressReport) -> Iterable[Sequence[Value]]:
    for change in report.base_changes:
        cited = words.document(change.document_number, change.document_date)
        kind = _T.word("report.base", change.change)
        yield change.effective_date, change.agency_short_name, kind, change.items, change.reason, cited


def _late_rows(report: ProgressReport) -> Iterable[Sequence[Value]]:
    for one in report.late_corrections:
        what = words.correction(one)
        agency = one.agency_short_name
        yield one.procedure_code, one.title, agency, what, one.before, one.after, one.recorded_at


def _document_rows(installation: Installation, report: ProgressReport) -> Iterable[Sequence[Value]]:
    """Every document not yet issued that an open item of the programme needs, whichever ministry's."""
    moment = Moment(report.as_of, None, report.revision)
    found = figures.bottlenecks(installation, report.programme_code, moment, limit=_EVERY)
    for row in found.iter_rows(named=True):
        drafting = plain(row["drafting_agency_name"]) if row["drafting_agency_name"] else None
        yield row["title"], drafting, row["planned_issue_on"], row["alone"], row["helps"] - row["alone"]
