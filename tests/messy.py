"""Lists of an agency that nobody has seen, in the mess that people make of spreadsheets.

Every cell knows how it is written, what it must be read as, and what must be said of it.
"""

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO, StringIO

from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.text import clean
from tests import contents, sheets

COLUMNS = sheets.HEADER
CODE, NAME, AGENCY, IMPLEMENTING, FIELD = COLUMNS
FULL = 32_767


@dataclass(frozen=True)
class Cell:
    """`text`: what the cell must be read as; `rule`: what must be said of it, if anything must."""

    kind: str
    value: object
    text: str
    rule: str | None = None

    @property
    def is_broken(self) -> bool:
        """It holds no value of its own, so its row cannot be taken."""
        return self.rule in ("formula_without_value", "cell_is_error", "code_is_number")


@dataclass(frozen=True)
class Line:
    """A line of the sheet: a procedure, or something between the procedures."""

    kind: str
    cells: dict[str, Cell] = field(default_factory=dict)
    is_hidden: bool = False
    is_merged: bool = False  # with the agencies of the line before


@dataclass(frozen=True)
class Mess:
    """A whole sheet; `columns` in their order on it, STT among them or not."""

    titles: int
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    delimiter: str = ","
    encoding: str = "utf-8-sig"

    @property
    def first_row(self) -> int:
        """The row of the first line, as Excel numbers it."""
        return self.titles + 2

    def procedures(self) -> list[tuple[int, Line]]:
        """The lines that are procedures, with their rows."""
        return [
            (row, line) for row, line in enumerate(self.lines, self.first_row) if line.kind == "procedure"
        ]


def _text(value: str) -> Cell:
    return Cell("text", value, clean(value))


plain = st.one_of(
    st.sampled_from(contents.HOSTILE),
    st.sampled_from(("Ủy ban nhân dân xã Vô Danh", "Sở Chưa Từng Thấy", "Cấp giấy phép hoạt động")),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffe\uffff"), min_size=1, max_size=25),
).filter(clean)
decomposed = plain.map(lambda text: f"Hòa {text}").map(lambda text: unicodedata.normalize("NFD", text))
spoilt = plain.map(lambda text: f"\u200b\uf0b7{text}\u00ad\u00a0 ")
texts = st.one_of(plain, decomposed, spoilt).filter(clean).map(_text)
full = st.sampled_from("xở").map(lambda letter: Cell("text", letter * FULL, letter * FULL, "text_cut"))
days = st.dates(date(1901, 1, 1), date(2100, 1, 1)).map(
    lambda day: Cell("day", day, day.isoformat(), "cell_not_text")
)
numbers = st.integers(-(10**9), 10**9).map(
    lambda number: Cell("number", number, str(number), "cell_not_text")
)
computed = plain.filter(str.isprintable).map(
    lambda text: Cell("formula", text, clean(text), "cell_is_formula")
)
uncomputed = st.just(Cell("formula", "", "", "formula_without_value"))
errors = st.sampled_from(("#N/A", "#REF!")).map(lambda error: Cell("formula", error, "", "cell_is_error"))
blank = st.just(Cell("blank", None, ""))
codes = st.one_of(
    st.integers(0, 999_999).map(lambda number: f"1.{number:06}"),
    st.integers(0, 999_999).map(lambda number: f"6.{number:06}.000.00.00.H{number % 90:02}"),
)
code_cells = st.one_of(codes.map(_text), codes.map(lambda code: _text(f" {code}\u200b ")))
lost_codes = st.integers(1, 99_999).map(
    lambda n: Cell("number", n / 1000 + 2, str(n / 1000 + 2), "code_is_number")
)
any_cell = st.one_of(texts, texts, blank, computed, days, numbers, full, uncomputed, errors)
name_cells = st.one_of(texts, texts, texts, computed, days, full, uncomputed, errors)


def _procedures(
    code: st.SearchStrategy[Cell], name: st.SearchStrategy[Cell], other: st.SearchStrategy[Cell]
) -> st.SearchStrategy[Line]:
    cells = st.fixed_dictionaries({CODE: code, NAME: name, AGENCY: other, IMPLEMENTING: other, FIELD: other})
    return st.builds(Line, st.just("procedure"), cells, st.booleans(), st.booleans())


procedures = _procedures(st.one_of(code_cells, code_cells, lost_codes), name_cells, any_cell)
between = st.sampled_from(("blank", "header", "numbers", "heading")).map(Line)
orders = st.sampled_from((COLUMNS, (*COLUMNS, "STT"))).flatmap(
    lambda found: st.permutations(found).map(tuple)
)


def _unlike(lines: Sequence[Line]) -> tuple[Line, ...]:
    """No two procedures of one code, and none whose agencies are merged with a line that is none."""
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        if line.kind == "procedure":
            code = line.cells[CODE].text
            if code in seen:
                continue
            seen.add(code)
            may_merge = kept and kept[-1].kind == "procedure"
            line = Line(line.kind, line.cells, line.is_hidden, bool(line.is_merged and may_merge))
        kept.append(line)
    return tuple(kept)


messes = st.builds(
    Mess,
    st.integers(0, 3),
    orders,
    st.lists(st.one_of(procedures, procedures, procedures, between), min_size=1, max_size=8).map(_unlike),
)
flat_procedures = _procedures(code_cells, texts, st.one_of(texts, blank))
flat_messes = st.builds(
    Mess,
    st.integers(0, 3),
    orders,
    st.lists(flat_procedures, min_size=1, max_size=8).map(_unlike),
    st.sampled_from(",;\t"),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
)


def workbook(mess: Mess) -> bytes:
    """The sheet as an .xlsx."""
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        last = len(mess.columns) - 1
        for row in range(mess.titles):
            sheet.merge_range(row, 0, row, last, f"DANH SÁCH {row}")
        for column, header in enumerate(mess.columns):
            sheet.write_string(mess.titles, column, header)
        for row, line in enumerate(mess.lines, mess.first_row - 1):
            if line.is_hidden:
                sheet.set_row(row, None, None, {"hidden": True})
            for column, header in enumerate(mess.columns):
                if line.kind == "header":
                    sheet.write_string(row, column, header)
                elif line.kind == "numbers":
                    sheet.write_string(row, column, f"({column + 1})")
                elif (
                    line.kind == "procedure"
                    and header in line.cells
                    and not (line.is_merged and header == AGENCY)
                ):
                    _write(sheet, row, column, line.cells[header], day)
            if line.kind == "heading":
                sheet.merge_range(row, 0, row, last, "")
                sheet.write_string(row, 0, "I. LĨNH VỰC HỘ TỊCH")
        for first, end in runs(mess):
            top, column = mess.first_row - 1 + first, mess.columns.index(AGENCY)
            sheet.merge_range(top, column, mess.first_row - 1 + end, column, "")
            _write(sheet, top, column, mess.lines[first].cells[AGENCY], day)
    return target.getvalue()


def runs(mess: Mess) -> list[tuple[int, int]]:
    """The first and last line of each merged cell."""
    found: list[tuple[int, int]] = []
    for index, line in enumerate(mess.lines):
        if line.is_merged:
            if found and found[-1][1] == index - 1:
                found[-1] = (found[-1][0], index)
            else:
                found.append((index - 1, index))
    return found


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    match cell.kind:
        case "text":
            sheet.write_string(row, column, cell.value)
        case "number":
            sheet.write_number(row, column, cell.value)
        case "day":
            sheet.write_datetime(row, column, datetime.combine(cell.value, time()), day)
        case "formula":
            # As Excel keeps it; XlsxWriter escapes what is typed, not what a formula has come to.
            came_to = sheet._escape_control_characters(cell.value)
            sheet.write_formula(row, column, "=CONCATENATE(A1)", None, came_to)


def table(mess: Mess) -> bytes:
    """The sheet as CSV: every cell text."""
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=mess.delimiter)
    for row in range(mess.titles):
        writer.writerow([f"DANH SÁCH {row}"])
    writer.writerow(mess.columns)
    for line in mess.lines:
        writer.writerow([line.cells[name].value if name in line.cells else "" for name in mess.columns])
    return target.getvalue().encode(mess.encoding)
