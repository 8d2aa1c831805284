"""The update file of a ministry as an .xlsx: what is known is locked, what can be reported is offered in lists.

Every text is a text, whatever it begins with; the same file comes back to the person with its faults marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.i18n import Translator
from catalogue.model.claim import DATES, ClaimKind
from catalogue.model.item_update import INPUTS, Cell, normal
from catalogue.model.item_update import columns as fields_by_column

LOCKED = (
    "item_id", "procedure_code", "title", "field_name", "transfer", "assigned_by", "step", "deadline", "instrument", "claim",
)  # fmt: skip
COLUMNS = (*LOCKED, *INPUTS, "key")
ERRORS = "errors"
HEADER_ROW = 3
ADDED_ROWS = 300  # below the table, where rows may be added

_T = Translator("vi")
_A3, _A4 = 8, 9
_LINE, _MOST_LINES = 15.0, 8
_MADE = datetime.fromisoformat("2000-01-01")  # the same content is the same file, whenever it is made
_TEXT_LIMIT = 16_000  # twice as long in UTF-16 still fits a cell
_WIDTHS = {
    "item_id": 11, "procedure_code": 11, "title": 40, "field_name": 18, "transfer": 30, "assigned_by": 16, "step": 22, "deadline": 11,
    "instrument": 36, "claim": 24, "kind": 22, "number": 18, "extension_reason": 28, "decision": 18,
    "obstacle_reason": 28, "stuck_at": 28, "note": 24, "evidence": 18, ERRORS: 44,
}  # fmt: skip
_GREY, _YELLOW, _HEAD, _WRONG = "#F1F3F4", "#FFFBE6", "#E6EDEF", "#F6C9BF"
_DECISIONS = ("cut", "partly", "not")


@dataclass(frozen=True)
class Line:
    """One row: its cells by column, and what is wrong with it by column (`errors` for the whole row)."""

    cells: Mapping[str, Cell]
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Heading:
    """What stands above the table."""

    title: str
    origin: str
    notice: str


def write_update_book(
    heading: Heading, lines: Sequence[Line], kinds: Sequence[ClaimKind], *, returned: bool = False
) -> bytes:
    """The workbook: the rows, how to fill them in, the lists; `returned` adds the column of errors in front."""
    output = BytesIO()
    with Workbook(output, {"in_memory": True}) as book:
        book.set_properties({"title": heading.title, "created": _MADE})
        columns = (*((ERRORS,) if returned else ()), *_locked(lines), *_inputs(kinds), "key")
        _rows(book, heading, lines, columns, len(kinds))
        _guide(book)
        _lists(book, kinds)
    return output.getvalue()


def _locked(lines: Sequence[Line]) -> list[str]:
    """The columns of what is known; from whom to whom only where a row moves a decision."""
    moves = any(line.cells.get("transfer") for line in lines)
    return [column for column in LOCKED if column != "transfer" or moves]


def _inputs(kinds: Sequence[ClaimKind]) -> list[str]:
    """The columns that some kind of report fills."""
    own = {"kind", "evidence", *(column for kind in kinds for column in fields_by_column(kind))}
    return [column for column in INPUTS if column in own]


class _Styles:
    """The formats of cells: of a kind of column, wrong or not."""

    def __init__(self, book: Workbook) -> None:
        top = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D5DADD"}
        free = {"locked": False, "text_wrap": True, "valign": "top"}
        self._by_place: dict[tuple[bool, bool, bool], Format] = {}
        for is_input in (False, True):
            for is_day in (False, True):
                for is_wrong in (False, True):
                    color = _WRONG if is_wrong else _YELLOW if is_input else _GREY
                    kind = {"num_format": "dd/mm/yyyy" if is_day else "@"}
                    self._by_place[is_input, is_day, is_wrong] = book.add_format(
                        {**top, **kind, "bg_color": color, "locked": not is_input}
                    )
        self.head = book.add_format({**top, "bold": True, "bg_color": _HEAD, "num_format": "@"})
        self.title = book.add_format({"bold": True, "font_size": 14, "num_format": "@"})
        self.notice = book.add_format({"italic": True, "font_color": "#9C5700", "num_format": "@"})
        self.plain = book.add_format({"num_format": "@"})
        self.free = book.add_format({**free, "num_format": "@"})
        self.free_day = book.add_format({**free, "num_format": "dd/mm/yyyy"})

    def of(self, column: str, is_wrong: bool) -> Format:
        """The format of a cell of the table."""
        return self._by_place[column in INPUTS, column in DATES or column == "deadline", is_wrong]


def _rows(
    book: Workbook, heading: Heading, lines: Sequence[Line], columns: Sequence[str], kinds: int
) -> None:
    sheet = book.add_worksheet(_T("update.sheet_rows"))
    styles = _Styles(book)
    for number, (text, style) in enumerate(
        ((heading.title, styles.title), (heading.origin, styles.plain), (heading.notice, styles.notice))
    ):
        _text(sheet, number, 0, text, style)
    for place, column in enumerate(columns):
        sheet.set_column(
            place, place, _WIDTHS.get(column, 14), styles.free_day if column in DATES else styles.free,
            {"hidden": column == "key"},
        )  # fmt: skip
        _text(sheet, HEADER_ROW, place, _T(f"update.field_{column}"), styles.head)
        if _T.has(f"update.help_{column}"):
            sheet.write_comment(HEADER_ROW, place, _T(f"update.help_{column}"), {"width": 260, "height": 70})
    sheet.set_row(HEADER_ROW, 32)
    for number, line in enumerate(lines, start=HEADER_ROW + 1):
        sheet.set_row(number, _height(line, columns))
        for place, column in enumerate(columns):
            _cell(
                sheet, number, place, _value(line, column), styles.of(column, bool(line.faults.get(column)))
            )
    last = HEADER_ROW + max(1, len(lines))
    _offer(sheet, columns, last + ADDED_ROWS, kinds)
    sheet.freeze_panes(HEADER_ROW + 1, columns.index("title") + 1)
    sheet.autofilter(HEADER_ROW, 0, last, len(columns) - 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:BA{last + ADDED_ROWS + 1}"})
    sheet.protect(
        "",
        {
            "autofilter": True,
            "sort": True,
            "format_cells": True,
            "format_columns": True,
            "format_rows": True,
            "delete_rows": True,
        },
    )
    sheet.set_paper(_A3)
    sheet.set_landscape()
    sheet.repeat_rows(HEADER_ROW)
    sheet.fit_to_pages(1, 0)


def _height(line: Line, columns: Sequence[str]) -> float:
    """High enough for its longest text, within reason; not every program does this by itself."""
    lengths = (
        sum(
            1 + len(part) // (_WIDTHS.get(column, 14) + 1)
            for part in str(_value(line, column) or "").split("\n")
        )
        for column in columns
        if column != "key"
    )
    return _LINE * min(max(lengths), _MOST_LINES)


def _value(line: Line, column: str) -> Cell:
    if column != ERRORS:
        return line.cells.get(column)
    said = [
        sentence
        if name == ERRORS or sentence.startswith(_T(f"update.field_{name}"))
        else f"{_T(f'update.field_{name}')}: {sentence}"
        for name, sentences in line.faults.items()
        for sentence in sentences
    ]
    return "\n".join(dict.fromkeys(said)) or None


def _offer(sheet: Worksheet, columns: Sequence[str], last: int, kinds: int) -> None:
    """Lists to choose from, and days where a day is meant; a cell that clears a day may hold the word for it."""
    lists = _T("update.sheet_lists").replace("'", "''")
    for place, column in enumerate(columns):
        title = _T(f"update.field_{column}")[:32]
        rule: dict[str, object] = {"error_title": title}
        if column == "kind":
            message = _T("update.help_kind")
            rule |= {"validate": "list", "source": f"='{lists}'!$A$2:$A${kinds + 1}", "error_type": "stop"}
        elif column == "decision":
            message = _T("update.help_decision")
            rule |= {
                "validate": "list",
                "source": f"='{lists}'!$B$2:$B${len(_DECISIONS) + 1}",
                "error_type": "information",
                "show_error": False,
            }
        elif column in DATES:
            message = f"{_T(f'update.help_{column}')} {_T('update.guide_8')}"
            rule |= {
                "validate": "date",
                "criteria": "between",
                "minimum": date(2010, 1, 1),
                "maximum": date(2100, 12, 31),
                "error_type": "warning",
            }
        else:
            continue
        sheet.data_validation(
            HEADER_ROW + 1, place, last, place,
            rule | {"error_message": message[:255], "input_title": title, "input_message": message[:255]},
        )  # fmt: skip


def _cell(sheet: Worksheet, row: int, place: int, value: Cell, style: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        _text(sheet, row, place, str(value), style)
    elif abs(value) < 10**15:
        sheet.write_number(row, place, value, style)
    else:
        _text(sheet, row, place, str(value), style)


def _text(sheet: Worksheet, row: int, place: int, text: str, style: Format) -> None:
    sheet.write_string(row, place, normal(text)[:_TEXT_LIMIT], style)


def _guide(book: Workbook) -> None:
    sheet = book.add_worksheet(_T("update.sheet_guide"))
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": _HEAD, "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, _T("update.guide_title"), bold)
    row = 1
    while _T.has(f"update.guide_{row}"):
        text = f"{row}. {_T(f'update.guide_{row}')}"
        sheet.merge_range(row, 0, row, 1, "", wrap)
        sheet.write_string(row, 0, text, wrap)
        sheet.set_row(row, 15 * (1 + len(text) // 120))
        row += 1
    row += 1
    sheet.write_string(row, 0, _T("update.guide_columns"), head)
    for column in (*LOCKED, *INPUTS):
        row += 1
        sheet.write_string(row, 0, _T(f"update.field_{column}"), wrap)
        if _T.has(f"update.help_{column}"):
            sheet.write_string(row, 1, _T(f"update.help_{column}"), wrap)
    sheet.protect()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _lists(book: Workbook, kinds: Sequence[ClaimKind]) -> None:
    sheet = book.add_worksheet(_T("update.sheet_lists"))
    head = book.add_format({"bold": True, "bg_color": _HEAD, "border": 1})
    sheet.set_column(0, 1, 34)
    sheet.write_string(0, 0, _T("update.list_kinds"), head)
    sheet.write_string(0, 1, _T("update.list_decisions"), head)
    for row, kind in enumerate(kinds, start=1):
        sheet.write_string(row, 0, _T(f"update.kind_{kind.value}"))
    for row, decision in enumerate(_DECISIONS, start=1):
        sheet.write_string(row, 1, _T(f"update.decision_{decision}"))
    sheet.protect()
