"""The issues of a file as a workbook: what to mend, and the file's own cells with the wrong ones marked.

Every text of the file stays text: a cell that begins with `=` or names a link is neither executed nor opened.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from catalogue.errors import ImportRejected, Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.text import clean
from pipelines.reading import read
from pipelines.snapshot import Snapshot
from pipelines.sources import Source
from pipelines.strict import HEADER_WITHIN, Described, text_of
from pipelines.workbook import EXCEL_ROWS, Cell, Row, Sheet

MAX_ISSUES = 10_000
MAX_ROWS = 20_000
MAX_TEXT = 20_000_000

_EXCEL_COLUMNS = 16_384
_EXACT = 10**15  # a cell keeps 15 digits
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900
_LETTERS = re.compile(r"[A-Z]{1,3}")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {"severity": 11, "row": 8, "column": 24, "code": 17, "value": 34, "sentence": 80, "cell": 9}
_COMMENT = {"width": 380, "height": 130}
_FILLS = {"error": "#F6C9BF", "warning": "#FFE9B0"}
_HEAD_ROW = 3

Place = tuple[int, int]


@dataclass(frozen=True)
class _Copy:
    """A sheet of the file: `columns` by what it calls them; `shift` because JSON counts its header as row 0."""

    name: str
    rows: tuple[Row, ...]
    columns: Mapping[str, tuple[int, ...]]
    shift: int
    is_whole: bool

    def places(self, issue: Issue) -> list[Place]:
        """The cells that an issue is about, counted from 0; the first of its row where no column is known."""
        if issue.row is None:
            return []
        row = issue.row + self.shift
        columns = self.columns.get(_key(issue.column or "")) or _lettered(issue.column or "")
        return [(row, column) for column in columns if 0 <= row < EXCEL_ROWS and column < _EXCEL_COLUMNS]


def issue_book(file: Snapshot, source: Source, issues: Sequence[Issue], t: Translator) -> bytes:
    """The bytes of an .xlsx: the first sheet lists the issues, errors first, each with a link to its cell.

    Of a large file only the rows with issues are copied, at their own places; the book says what it leaves out.
    """
    listed = sorted(issues, key=lambda issue: issue.severity != "error")[:MAX_ISSUES]
    copies = _copies(file, source, listed, t)
    output = BytesIO()
    with Workbook(output, {"in_memory": True}) as book:
        _list(book, file, listed, len(issues), copies, t)
        styles = {
            severity: (
                book.add_format(fill),
                book.add_format({"num_format": "dd/mm/yyyy", **fill}),
            )
            for severity, fill in {"": {}, **{name: {"bg_color": _FILLS[name]} for name in _FILLS}}.items()
        }
        for sheet_name, copy in copies.items():
            on_it = [issue for issue in listed if _is_on(issue, sheet_name)]
            _draw(book.add_worksheet(copy.name), copy, on_it, styles, t)
    return output.getvalue()


def _list(
    book: Workbook,
    file: Snapshot,
    listed: Sequence[Issue],
    total: int,
    copies: Mapping[str | None, _Copy],
    t: Translator,
) -> None:
    """The first sheet: one row an issue."""
    sheet = book.add_worksheet(t("imports.book_sheet"))
    bold, head = (
        book.add_format({"bold": True}),
        book.add_format(
            {"bold": True, "bg_color": "#E6EDEF", "bottom": 1, "text_wrap": True, "valign": "top"}
        ),
    )
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    tints = {name: book.add_format({"bg_color": color, "valign": "top"}) for name, color in _FILLS.items()}
    _text(sheet, (0, 0), t("imports.book_title", file=file.name, count=total), bold)
    _text(sheet, (1, 0), " ".join(_notes(copies, len(listed), total, t)))
    for column, (name, width) in enumerate(_WIDTHS.items()):
        sheet.set_column(column, column, width)
        _text(sheet, (_HEAD_ROW, column), t(f"imports.book_{name}"), head)
    for row, issue in enumerate(listed, start=_HEAD_ROW + 1):
        _text(sheet, (row, 0), t.word("imports.severity", issue.severity), tints[issue.severity])
        if issue.row is not None:
            sheet.write_number(row, 1, issue.row, wrap)
        said = (issue.column, issue.procedure_code, issue.value, issue_text(t, issue))
        for column, text in enumerate(said, start=2):
            if text:
                _text(sheet, (row, column), text, wrap)
        if target := _target(issue, copies):
            sheet.write_url(row, len(_WIDTHS) - 1, f"internal:{target}", string=target.rsplit("!", 1)[1])
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(listed), len(_WIDTHS) - 1)


def _notes(copies: Mapping[str | None, _Copy], listed: int, total: int, t: Translator) -> Iterator[str]:
    if listed < total:
        yield t("imports.book_issues_cut", shown=listed, total=total)
    if not copies:
        yield t("imports.book_unreadable")
    elif all(copy.is_whole for copy in copies.values()):
        yield t("imports.book_marked")
    else:
        yield t("imports.book_rows_cut", limit=MAX_ROWS)


def _target(issue: Issue, copies: Mapping[str | None, _Copy]) -> str | None:
    """The first cell of an issue as a link names it: `'Danh mục'!C13`."""
    for sheet_name, copy in copies.items():
        if _is_on(issue, sheet_name) and (places := copy.places(issue)):
            quoted = copy.name.replace("'", "''")
            return f"'{quoted}'!{xl_rowcol_to_cell(*places[0])}"
    return None


def _draw(
    sheet: Worksheet,
    copy: _Copy,
    issues: Sequence[Issue],
    styles: Mapping[str, tuple[Format, Format]],
    t: Translator,
) -> None:
    """A copy of a sheet: its cells with their types, the wrong ones coloured, with what is wrong as a comment."""
    said: dict[Place, list[Issue]] = defaultdict(list)
    for issue in issues:
        for place in copy.places(issue):
            said[place].append(issue)
    worst = {place: min(issue.severity for issue in some) for place, some in said.items()}
    for column, width in enumerate(_fitting(copy.rows)):
        sheet.set_column(column, column, width)
    for place, severity in worst.items():
        sheet.write_blank(*place, None, styles[severity][0])
    for row in copy.rows:
        for column, value in enumerate(row.cells[:_EXCEL_COLUMNS]):
            if value not in (None, ""):
                place = (row.number + copy.shift, column)
                _cell(sheet, place, value, *styles[worst.get(place, "")])
    for place, some in said.items():
        sentences = [f"{t.word('imports.severity', one.severity)}: {issue_text(t, one)}" for one in some]
        sheet.write_comment(*place, _harmless("\n".join(sentences)), _COMMENT)
    if not copy.is_whole:
        sheet.set_default_row(hide_unused_rows=True)


def _copies(
    file: Snapshot, source: Source, issues: Sequence[Issue], t: Translator
) -> dict[str | None, _Copy]:
    """The sheets that issues name, or else the first one; none where the file cannot be read."""
    try:
        sheets = read(file, source.files, source.columns)
    except ImportRejected:
        return {}
    named = {issue.sheet for issue in issues if issue.row is not None}
    used = [sheet for sheet in sheets if sheet.name in named] or list(sheets[:1])
    taken = {t("imports.book_sheet").casefold()}
    return {sheet.name: _copy(sheet, source, issues, _name(sheet, taken, t)) for sheet in used}


def _copy(sheet: Sheet, source: Source, issues: Sequence[Issue], name: str) -> _Copy:
    described: tuple[Described, ...] = (source, *source.child_sheets.values())
    known = {_key(header) for one in described for header in (*one.columns, *one.optional_columns)}
    candidates = [row for row in sheet.rows if not row.empty][:HEADER_WITHIN]
    labels = [[_key(text_of(cell)) for cell in row.cells] for row in candidates]
    best = max(range(len(labels)), key=lambda index: len(known.intersection(labels[index])))
    columns: dict[str, tuple[int, ...]] = {}
    for column, label in enumerate(labels[best]):
        columns[label] = (*columns.get(label, ()), column)
    columns.pop("", None)
    shift = 0 if sheet.rows[0].number == 0 else -1
    wanted = {candidates[best].number, *(issue.row for issue in issues if _is_on(issue, sheet.name))}
    is_whole = len(sheet.rows) <= MAX_ROWS and _within(sheet.rows) == len(sheet.rows)
    rows = sheet.rows if is_whole else tuple(row for row in sheet.rows if row.number in wanted)[:MAX_ROWS]
    kept = tuple(row for row in rows[: _within(rows)] if row.number + shift < EXCEL_ROWS)
    return _Copy(name, kept, columns, shift, is_whole)


def _within(rows: Sequence[Row]) -> int:
    """How many rows from the top have no more text than a book is made for."""
    length = 0
    for count, row in enumerate(rows):
        length += sum(len(text_of(cell)) for cell in row.cells)
        if length > MAX_TEXT:
            return count
    return len(rows)


def _name(sheet: Sheet, taken: set[str], t: Translator) -> str:
    """The name of the sheet as Excel allows it, and no other sheet has it."""
    wished = _NOT_IN_A_NAME.sub(" ", _harmless(sheet.name or "")).strip(" '")[:31].strip(" '")
    number = 1
    name = wished or t("imports.book_copy")
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps this name to itself
        number += 1
        name = f"{(wished or t('imports.book_copy'))[:27]} {number}"
    taken.add(name.casefold())
    return name


def _fitting(rows: Sequence[Row]) -> list[int]:
    """A width for each column, by its first cells."""
    widths: dict[int, int] = {}
    for row in rows[:200]:
        if sum(cell is not None for cell in row.cells) > 1:  # not a title over the whole table
            for column, cell in enumerate(row.cells[:_EXCEL_COLUMNS]):
                widths[column] = max(widths.get(column, 9), min(60, len(text_of(cell)) + 2))
    return [widths.get(column, 9) for column in range(max(widths, default=-1) + 1)]


def _cell(sheet: Worksheet, place: Place, value: Cell, style: Format, day: Format) -> None:
    """A cell of the type that it had; what Excel cannot hold as such, as text."""
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, style)
    elif isinstance(value, int | float) and abs(value) < _EXACT:
        sheet.write_number(*place, value, style)
    elif isinstance(value, date) and value.isoformat() >= _FIRST_DAY.isoformat():
        sheet.write_datetime(*place, value, day)
    elif isinstance(value, dict | list):
        _text(sheet, place, json.dumps(value, ensure_ascii=False), style)
    else:
        _text(sheet, place, text_of(value), style)


def _text(sheet: Worksheet, place: Place, text: str, style: Format | None = None) -> None:
    sheet.write_string(*place, _harmless(text), style)


def _harmless(text: str) -> str:
    """The text without what XML cannot carry."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _is_on(issue: Issue, sheet_name: str | None) -> bool:
    return issue.row is not None and issue.sheet in (sheet_name, None)


def _lettered(name: str) -> tuple[int, ...]:
    """The column that a letter names; the first one where it is no letter."""
    return (xl_cell_to_rowcol(f"{name}1")[1],) if _LETTERS.fullmatch(name) else (0,)


def _key(header: str) -> str:
    return clean(header).casefold()
