"""A table of procedures, row by row: codes, doubles and cells are judged alike for every source."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from catalogue.errors import Issue
from catalogue.model.content import Content, comparable, normal
from catalogue.model.listing import Listed
from catalogue.model.quality import Problem
from catalogue.text import clean
from pipelines import corrections
from pipelines.contract import TransformResult
from pipelines.json_records import KEY_MISSING
from pipelines.sources import Source
from pipelines.strict import Described, Table, changes, excerpt, find_table, text_of
from pipelines.workbook import EXCEL_TEXT, Cell, Row, utf16_length
from pipelines.xlsx.cells import ERROR, NO_VALUE

CODE, NAME = "procedure_code", "name"
LONG_TEXT, LONG_TEXT_MISSING = "long_text", "long_text_missing"
BROKEN = frozenset({NO_VALUE, ERROR, LONG_TEXT_MISSING})
_NOTHING_WRONG = frozenset({KEY_MISSING, LONG_TEXT})

_NUMBER = re.compile(r"\d+([.,]\d{0,5})?")


@dataclass(frozen=True)
class Said:
    """What one row says: parts of a content, what was not certain, and why the row cannot be taken at all."""

    content: Content
    problems: tuple[Problem, ...] = ()
    errors: tuple[Issue, ...] = ()
    raw: Mapping[str, Any] | None = None  # None: the cells by their headers


class Columned(Described, Protocol):
    """What a source says of a table, and which of its cells need not be texts."""

    @property
    def typed_columns(self) -> Collection[str]: ...


S = TypeVar("S", bound=Columned)


@dataclass(frozen=True)
class Cells(Generic[S]):
    """The cells of one table, and where an issue with them is."""

    table: Table
    source: S
    file: str
    sheet: str | None

    def issue(self, rule: str, severity: str, row: Row, column: str, value: str = "") -> Issue:
        """An issue about one cell."""
        code = self.text(row, CODE) or None
        header = self.table.header(column)
        return Issue(rule, severity, self.file, self.sheet, row.number, header, excerpt(value) or None, code)

    def has(self, column: str) -> bool:
        """Whether the file has the column at all."""
        return column in self.table.position

    def cell(self, row: Row, column: str) -> Cell:
        """A cell as read; nothing where the file has no such column."""
        position = self.table.position.get(column)
        return None if position is None else row.cell(position)

    def words(self, row: Row, column: str) -> str:
        """A cell as text in the source's own lines, without any cleaning."""
        return text_of(self.cell(row, column))

    def text(self, row: Row, column: str) -> str:
        """A cell as clean text on one line."""
        return clean(self.words(row, column))

    def broken(self, row: Row) -> Iterator[Issue]:
        """The cells that hold no value of their own: a formula that was never computed, an error of Excel's."""
        for column, rule in self._marks(row):
            if rule in BROKEN:
                yield self.issue(rule, "error", row, column, self.words(row, column))

    def problems(self, row: Row) -> Iterator[Problem]:
        """What reading changed or could not trust in the cells of a row that is kept."""
        for column, position in self.table.position.items():
            value = row.cell(position)
            if isinstance(value, str):
                if value and (changed := changes(value)):
                    yield Problem("text_normalised", column, f"{excerpt(value, 40)} [{', '.join(changed)}]")
                is_full = len(value) >= EXCEL_TEXT // 2 and utf16_length(value) == EXCEL_TEXT
                if is_full and (position, LONG_TEXT) not in row.marks:
                    yield Problem("text_cut", column, f"…{excerpt(value[-40:])}")
            elif value is not None and column not in self.source.typed_columns:
                yield Problem("cell_not_text", column, excerpt(str(value)))
        for column, rule in self._marks(row):
            if rule not in BROKEN | _NOTHING_WRONG:
                yield Problem(rule, column, excerpt(self.words(row, column)) or None)

    def _marks(self, row: Row) -> list[tuple[str, str]]:
        if not row.marks:
            return []
        columns = {position: column for column, position in self.table.position.items()}
        return [(columns[position], rule) for position, rule in row.marks if position in columns]


@dataclass(frozen=True)
class Reader(Cells[Source]):
    """A table of procedures on its way to the contract."""

    def errors(self, row: Row) -> Iterator[Issue]:
        """Why a row cannot become a record at all."""
        if broken := tuple(self.broken(row)):
            yield from broken
            return
        code = self.cell(row, CODE)
        text = self.text(row, CODE)
        # Cells of a CSV file have no type: a code that lost its last zero is how a number shows there.
        lost = self.file.lower().endswith(".csv") and _NUMBER.fullmatch(text) is not None
        if not text:
            yield self.issue("code_missing", "error", row, CODE)
        elif lost or not isinstance(code, str):
            yield self.issue("code_is_number", "error", row, CODE, text)
        if not self.text(row, NAME):
            yield self.issue("name_missing", "error", row, NAME, text)


Say = Callable[[Reader, Row], Said]


def read_listing(
    rows: Sequence[Row], source: Source, file: str, sheet: str | None, say: Say, parts: frozenset[str]
) -> TransformResult:
    """A table as records; `say` reads what one row says about `parts`.

    Raises: ImportRejected when the table itself cannot be understood.
    """
    table = find_table(rows, source, file, sheet)
    table = corrections.apply(table, source, file, sheet)
    reader = Reader(table, source, file, sheet)
    found: dict[str, Listed] = {}
    issues = list(table.issues)
    for row in table.rows:
        errors = tuple(reader.errors(row))
        said = Said({}) if errors else say(reader, row)
        if errors or said.errors:
            issues += errors or said.errors
            continue
        code = reader.text(row, CODE)
        raw = table.raw(row) if said.raw is None else said.raw
        problems = (*said.problems, *reader.problems(row))
        listed = Listed(row.number, code, normal(said.content), raw, problems)
        if first := found.get(code):
            same = comparable(first.content) == comparable(listed.content)
            rule, severity = ("duplicate_row", "warning") if same else ("duplicate_code", "error")
            issues.append(reader.issue(rule, severity, row, CODE, code))
            continue
        found[code] = listed
    headers = {column: table.header(column) for column in table.position}
    return TransformResult(
        tuple(found.values()), tuple(issues), len(table.rows), parts, source.headers_of(headers), sheet
    )
