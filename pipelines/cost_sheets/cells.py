"""The cells of one worksheet of a cost workbook by column: texts, words of a list, numbers and nothing that is guessed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from typing import TypeVar

from catalogue.correspondence.cost_form import titles
from catalogue.errors import Issue
from catalogue.model.cost_sheet import Kind
from catalogue.text import clean, fold
from pipelines.strict import column_number, excerpt, letter, text_of
from pipelines.workbook import MERGED, Cell, Row, Sheet
from pipelines.xlsx.cells import ERROR, NO_VALUE

HEAD_WITHIN = 40
MOST = 10**15  # a cell keeps 15 digits

_WHOLE = re.compile(r"[-−]?\d{1,15}")
_GROUPED = re.compile(r"[-−]?\d{1,3}(\.\d{3})+")
_HOURS = re.compile(r"[-−]?\d{1,9}(,\d{1,6})?")
_MONEY = frozenset({"income", Kind.HIRED, Kind.FEES})

T = TypeVar("T")


class BadCell(ValueError):
    """A cell that holds no number of its column; `rule`: why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass
class Cells:
    """One worksheet whose table was found. `alone`: columns where a cell over several rows would count several times."""

    file: str
    sheet: str | None
    columns: Sequence[str]
    alone: Collection[str]
    code: str | None = None
    issues: list[Issue] = field(default_factory=list)

    def fault(
        self,
        rule: str,
        row: int | None,
        column: str | None = None,
        value: str | None = None,
        severity: str = "error",
    ) -> None:
        """Note what is wrong with a place."""
        self.issues.append(Issue(rule, severity, self.file, self.sheet, row, column, value, self.code))

    def raw(self, row: Row, column: str) -> Cell:
        """What a cell holds; nothing where it cannot be read, which is a fault."""
        index = self.columns.index(column)
        marks = {rule for at, rule in row.marks if at == index}
        if marks & {NO_VALUE, ERROR}:
            self.fault("cost_not_read", row.number, column, excerpt(text_of(row.cell(index))))
            return None
        if MERGED in marks and column in self.alone:
            self.fault("cost_merged", row.number, column)
            return None
        return row.cell(index)

    def text(self, row: Row, column: str) -> str:
        """A cell as a text."""
        return clean(text_of(self.raw(row, column)))

    def word(
        self, row: Row, column: str, words: Mapping[str, T], rule: str, missing: str | None = None
    ) -> T | None:
        """A word of a list, None in an empty cell. Of another word, or of none where that is a fault too, any, and the fault."""
        text = self.text(row, column)
        found = words.get(fold(text))
        broken = rule if text else missing
        if found is None and broken is not None:
            self.fault(broken, row.number, column, excerpt(text) or None)
            return next(iter(words.values()))
        return found

    def number(self, row: Row, column: str, kind: str | None = None) -> int | None:
        """Minutes, đồng or a count, by what `kind` counts; None in an empty cell. Of one that cannot be read 0, and the fault."""
        before = len(self.issues)
        cell = self.raw(row, column)
        if len(self.issues) > before:
            return 0
        try:
            return number(cell, kind or column)
        except BadCell as error:
            self.fault(error.rule, row.number, column, excerpt(text_of(cell)))
            return 0

    def is_faulty(self, row: int, column: str) -> bool:
        """Whether anything is wrong with a cell."""
        return any((issue.row, issue.column) == (row, column) for issue in self.issues)

    def is_blank(self, row: Row, columns: Collection[str]) -> bool:
        """Whether none of these cells says anything."""
        return not any(clean(text_of(row.cell(self.columns.index(name)))) for name in columns)

    def outside(self, row: Row) -> None:
        """What stands beside the table belongs to no column."""
        for index in range(len(self.columns), len(row.cells)):
            if text := clean(text_of(row.cell(index))):
                self.fault("cost_outside", row.number, letter(index), excerpt(text))

    def hidden(self, sheet: Sheet, head: int) -> None:
        """What a person who looks at the sheet does not see must not count."""
        if sheet.is_hidden:
            self.fault("cost_hidden_sheet", head)
        for index in sheet.hidden_columns:
            self.fault("cost_hidden_column", head, letter(index))
        for row in sheet.rows:
            if row.is_hidden and not row.empty:
                self.fault("cost_hidden_row", row.number)


def head(cells: Cells, sheet: Sheet) -> Row | None:
    """The row of column numbers below the form's titles; None, with the first fault, where the columns are not the form's."""
    wanted = list(range(1, len(cells.columns) + 1))
    rows = [row for row in sheet.rows if not row.empty][:HEAD_WITHIN]
    counts = [len({column_number(cell) for cell in row.cells} & set(wanted)) for row in rows]
    best = counts.index(max(counts)) if counts else 0
    if not counts or 2 * counts[best] < len(wanted):
        cells.fault("cost_no_table", rows[0].number if rows else 1, value=f"(1)–({len(wanted)})")
        return None
    above, numbers = rows[max(0, best - 1)], rows[best]
    before = len(cells.issues)
    for index, column in enumerate(cells.columns):
        found = clean(text_of(above.cell(index)))
        if column_number(numbers.cell(index)) != index + 1 or fold(found) not in titles(column):
            said = f"{clean(text_of(numbers.cell(index)))} {found}".strip()
            cells.fault("cost_columns_differ", numbers.number, column, excerpt(said) or None)
            return None  # those behind it are shifted by it
    for row in (above, numbers):
        cells.outside(row)
    return numbers if len(cells.issues) == before else None


def number(cell: Cell, kind: str) -> int | None:
    """A number as its column counts: hours as whole minutes, everything else whole. Raises: BadCell."""
    if cell is None or (isinstance(cell, str) and not clean(cell)):
        return None
    exact = _exact(cell, kind)
    if abs(exact) >= MOST:
        raise BadCell("cost_too_large")
    if kind == Kind.MINUTES:
        # Time below zero stays below it, so that it is refused however little it is.
        return int(exact.to_integral_value(ROUND_UP if exact < 0 else ROUND_HALF_UP))
    if exact != exact.to_integral_value():
        raise BadCell("cost_not_whole")
    return int(exact)


def _exact(cell: Cell, kind: str) -> Decimal:
    """The number of a cell, hours in minutes; of a text only where it can be but one: 1.086 may be two things."""
    unit = 60 if kind == Kind.MINUTES else 1
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(f"{unit * cell:.15g}")  # as exact as Excel
    if not isinstance(cell, str):
        raise BadCell("cost_not_a_number")
    text = clean(cell).replace("−", "-")
    if _WHOLE.fullmatch(text):
        return unit * Decimal(text)
    if kind == Kind.MINUTES and _HOURS.fullmatch(text):
        return unit * Decimal(text.replace(",", "."))
    if kind in _MONEY and _GROUPED.fullmatch(text) and text.count(".") > 1:
        return Decimal(text.replace(".", ""))
    is_number = re.fullmatch(r"-?[\d.,]*\d[\d.,]*", text)
    raise BadCell("cost_ambiguous_number" if is_number else "cost_not_a_number")
