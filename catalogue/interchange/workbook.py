"""The form as an .xlsx, empty or filled: texts are texts whatever they begin with, and the guide stands in front."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.errors import Invalid
from catalogue.interchange.form import Column, FormSheet, form
from catalogue.interchange.plain import Record
from catalogue.interchange.rows import FormRow, Value, child_rows, main_row

TEXT_LIMIT = 32_766  # one less than a cell holds, so that a full cell is always one that was cut
SHEET_ROWS = 1_048_575  # below the header

_READY_ROWS = 5_000  # rows of a form in which the lists to choose from are offered
_A4 = 9
_NUMBERS = frozenset({"whole", "decimal"})
_MADE = datetime.fromisoformat("2000-01-01")  # the same content is the same file, whenever it is made


@dataclass(frozen=True)
class Origin:
    """What a filled form was made from."""

    agency: str | None
    as_of: date
    known_at: date | None


def write_workbook(records: Sequence[Record], origin: Origin | None = None) -> bytes:
    """The form with the records in it; without an origin it is the template.

    Raises: Invalid when a sheet cannot hold so many rows.
    """
    output = BytesIO()
    with Workbook(output, {"in_memory": True}) as book:
        book.set_properties({"title": form().guide["title"], "created": _MADE})
        _guide(book, origin)
        writer = _Writer(book)
        writer.sheet(form().main, (main_row(code, content) for code, content in records))
        for child in form().children:
            part = child.part or ""
            writer.sheet(child, (row for code, content in records for row in child_rows(part, code, content)))
        writer.long_texts()
        book.worksheets()[1].activate()
    return output.getvalue()


class _Writer:
    """A workbook on its way, with the texts that no cell can hold."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.long: list[str] = []
        top: dict[str, Any] = {"text_wrap": True, "valign": "top"}
        self.head = book.add_format(
            {**top, "bold": True, "bg_color": "#E6EDEF", "border": 1, "num_format": "@"}
        )
        self.text = book.add_format({**top, "num_format": "@"})
        self.number = book.add_format(top)
        self.amount = book.add_format({**top, "num_format": "#,##0"})

    def sheet(self, described: FormSheet, rows: Iterator[FormRow]) -> None:
        """One sheet of the form with its rows."""
        sheet = self.book.add_worksheet(described.name)
        sheet.freeze_panes(1, 2 if described.part is None else 1)
        _paper(sheet)
        sheet.repeat_rows(0)
        for place, column in enumerate(described.columns):
            style = self._style(column)
            sheet.set_column(place, place, column.width, style)
            sheet.write_string(0, place, column.header, self.head)
            sheet.write_comment(0, place, column.note, {"width": 320, "height": 120})
            _offer(sheet, place, column)
        for number, row in enumerate(rows, start=1):
            if number > SHEET_ROWS:
                raise Invalid("export_too_large", value=described.name)
            for place, column in enumerate(described.columns):
                value = row.get(column.name)
                is_amount = column.name == "amount" and isinstance(value, int)
                self._write(sheet, number, place, value, self.amount if is_amount else self._style(column))

    def long_texts(self) -> None:
        """The sheet of the texts that no cell can hold, in pieces; none where there is no such text."""
        if not self.long:
            return
        names = form().long_texts
        sheet = self.book.add_worksheet(names["sheet"])
        sheet.set_column(0, 0, 8, self.text)
        sheet.set_column(1, 1, 120, self.text)
        sheet.write_string(0, 0, names["number"], self.head)
        sheet.write_string(0, 1, names["text"], self.head)
        row = 0
        for number, text in enumerate(self.long, start=1):
            for piece in _pieces(text):
                row += 1
                sheet.write_string(row, 0, str(number), self.text)
                sheet.write_string(row, 1, piece, self.text)

    def _style(self, column: Column) -> Format:
        return self.number if column.kind in _NUMBERS else self.text

    def _write(self, sheet: Worksheet, row: int, place: int, value: Value, style: Format) -> None:
        if value is None:
            return
        if not isinstance(value, str):
            sheet.write_number(row, place, value, style)
            return
        if not fits(value) or value.startswith(_pointer("")):
            self.long.append(value)
            value = _pointer(str(len(self.long)))
        sheet.write_string(row, place, value, style)


def _pointer(number: str) -> str:
    return form().long_texts["pointer"].format(number=number)


def fits(text: str) -> bool:
    """Whether a cell holds the text; Excel counts a character beyond the basic plane twice."""
    return len(text) <= TEXT_LIMIT // 2 or len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that fit; a space at an end of a piece stays, for the pieces are joined as they are."""
    for start in range(0, len(text), TEXT_LIMIT // 2):
        yield text[start : start + TEXT_LIMIT // 2]


def _offer(sheet: Worksheet, place: int, column: Column) -> None:
    """What people can choose from, or must write; a list that a source may go beyond only warns."""
    lists: Mapping[str, Any] = form().lists
    choices = {
        "type": lists["type"],
        "levels": list(lists["levels"].values()),
        "flag": [lists["yes_word"], lists["no_word"]],
        "unit": lists["unit"],
        "way": lists["way"],
    }
    wanted = choices.get("way" if column.name == "way" else column.kind)
    rule: dict[str, Any] = {"error_title": column.header, "error_message": column.note[:255]}
    if wanted:
        is_closed = column.kind in ("flag", "unit")
        rule |= {"validate": "list", "source": wanted, "error_type": "stop" if is_closed else "warning"}
    elif column.kind in _NUMBERS:
        kind = "integer" if column.kind == "whole" else "decimal"
        rule |= {"validate": kind, "criteria": ">=", "value": 0}
    else:
        return
    sheet.data_validation(1, place, _READY_ROWS, place, rule)


def _guide(book: Workbook, origin: Origin | None) -> None:
    """The first sheet: what the form is, how it is filled in, and every column."""
    guide = form().guide
    sheet = book.add_worksheet(guide["sheet"])
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#E6EDEF", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((22, 26, 100)):
        sheet.set_column(place, place, width)
    _paper(sheet)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, guide["title"], bold)
    sheet.write_string(1, 0, _said_of(origin))
    row = 3
    for number, text in enumerate(guide["rules"], start=1):
        sheet.merge_range(row, 0, row, 2, "", wrap)
        sheet.write_string(row, 0, f"{number}. {text}", wrap)
        sheet.set_row(row, 15 * (1 + len(text) // 135))
        row += 1
    row += 1
    for place, title in enumerate(guide["columns"]):
        sheet.write_string(row, place, title, head)
    for described in (form().main, *form().children):
        for column in described.columns:
            row += 1
            sheet.set_row(row, 15 * (1 + len(column.note) // 95))
            for place, text in enumerate((described.name, column.header, column.note)):
                sheet.write_string(row, place, text, wrap)


def _paper(sheet: Worksheet) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()


def _said_of(origin: Origin | None) -> str:
    guide = form().guide
    if origin is None:
        return str(guide["template"])
    return str(
        guide["filled"].format(
            agency=origin.agency or guide["everybody"],
            as_of=f"{origin.as_of:%d/%m/%Y}",
            known_at=f"{origin.known_at:%d/%m/%Y}" if origin.known_at else guide["now"],
        )
    )
