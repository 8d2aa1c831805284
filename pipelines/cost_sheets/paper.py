"""One worksheet of a cost workbook as it stands: what it says of its procedure, its rows and the sums it gives itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.correspondence.cost_form import COLUMNS, LINES, activities, methods, said, titles
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import OF_LINE, OF_SHEET, Kind, Method
from catalogue.text import clean, fold
from pipelines.cost_sheets.cells import BadCell, Cells, head, number
from pipelines.strict import letter, text_of
from pipelines.workbook import Cell, Row, Sheet

_ALONE = frozenset({"ordinal", "label", *OF_LINE})  # a cell over several rows would count several times
_OF_PERSON = ("activity", "label", *OF_LINE, "source", "method")  # a row without any of these says nothing
_SUMS = ("case", "year")
_VALUE_AT = 2  # the column of what a line above the table says


@dataclass(frozen=True)
class PaperLine:
    """A row of the table. `ordinal`: what the sheet of sources calls it; `figures`: of those that it gives."""

    row: int
    ordinal: int
    activity: Activity
    label: str
    figures: Mapping[Kind, int]
    income: int | None
    source: str
    method: Method | None


@dataclass
class Paper:
    """A worksheet as read; whatever could not be is among the faults of its cells.

    `said`: row and value of each line above the table; `counts`: by row, times and people; `sums`: by row, what it says
    that a case and a year cost; `total`: the row of its total.
    """

    cells: Cells
    head: int
    said: Mapping[str, tuple[int, Cell]]
    lines: list[PaperLine] = field(default_factory=list)
    counts: dict[Kind, dict[int, int]] = field(default_factory=lambda: {kind: {} for kind in OF_SHEET})
    sums: dict[int, dict[str, float]] = field(default_factory=dict)
    total: int | None = None

    @property
    def row(self) -> int:
        """Where what is said of the whole sheet stands: its first row of work."""
        return self.lines[0].row if self.lines else self.head + 1


def read_paper(file: str, sheet: Sheet) -> tuple[Cells, Paper | None]:
    """A worksheet as it stands, and what is wrong with it; no paper where its table is not the form's."""
    cells = Cells(file, sheet.name, COLUMNS, _ALONE)
    found = head(cells, sheet)
    if found is None:
        return cells, None
    cells.hidden(sheet, found.number)
    paper = Paper(cells, found.number, dict(_lines(sheet.rows, found.number)))
    code = clean(text_of(paper.said.get("code", (0, None))[1]))
    cells.code = code or None
    for name in ("code", "version", "income_year"):
        if not clean(text_of(paper.said.get(name, (0, None))[1])):
            cells.fault("cost_head_missing", paper.said.get(name, (found.number, None))[0], name)
    _table(paper, [row for row in sheet.rows if row.number > found.number and not row.empty])
    return cells, paper


def _lines(rows: Sequence[Row], head_row: int) -> Iterator[tuple[str, tuple[int, Cell]]]:
    """What stands above the table, by the name of its line."""
    for row in rows:
        name = next((name for name in LINES if fold(clean(text_of(row.cell(0)))) in titles(name)), None)
        if row.number < head_row and name is not None:
            yield name, (row.number, row.cell(_VALUE_AT))


def _table(paper: Paper, rows: Sequence[Row]) -> None:
    cells = paper.cells
    totals, works, ways = said("cost_book.total"), activities(), methods()
    seen: dict[int, int] = {}
    for row in rows:
        if paper.total is not None:
            _below(cells, row)
            continue
        cells.outside(row)
        if cells.is_blank(row, ("ordinal", "label")) and fold(clean(text_of(row.cell(1)))) in totals:
            paper.total = row.number
            paper.sums[row.number] = _sums(row)
            continue
        for kind in OF_SHEET:
            count = cells.number(row, kind)
            if count is not None:
                paper.counts[kind][row.number] = count
        if cells.is_blank(row, _OF_PERSON):
            continue  # left over
        paper.sums[row.number] = _sums(row)
        ordinal = _ordinal(cells, row)
        if ordinal in seen:
            cells.fault("cost_ordinal_twice", row.number, "ordinal", str(seen[ordinal]))
            ordinal = 0
        if ordinal:
            seen[ordinal] = row.number
        figures = {kind: value for kind in OF_LINE if (value := cells.number(row, kind)) is not None}
        paper.lines.append(
            PaperLine(
                row.number,
                ordinal,
                cells.word(row, "activity", works, "cost_activity_unknown", "cost_activity_missing")
                or Activity.OTHER,
                cells.text(row, "label"),
                figures,
                cells.number(row, "income"),
                cells.text(row, "source"),
                cells.word(row, "method", ways, "cost_method_unknown"),
            )
        )


def _ordinal(cells: Cells, row: Row) -> int:
    """The number of a row; 0 where it has none, which is a fault."""
    before = len(cells.issues)
    text = cells.text(row, "ordinal").rstrip(".")
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0:
        return int(text)
    if len(cells.issues) == before:
        cells.fault("cost_ordinal_missing", row.number, "ordinal", text or None)
    return 0


def _sums(row: Row) -> dict[str, float]:
    """What a row says itself that a case and a year cost, where it was computed."""
    found = {name: row.cell(COLUMNS.index(name)) for name in _SUMS}
    return {
        name: cell
        for name, cell in found.items()
        if isinstance(cell, int | float) and not isinstance(cell, bool)
    }


def _below(cells: Cells, row: Row) -> None:
    """Below the total stands who signs; a number there is counted by nobody."""
    for index, cell in enumerate(row.cells):
        try:
            found = number(cell, Kind.MINUTES)
        except BadCell as error:
            found = None if error.rule == "cost_not_a_number" else 0
        if found is not None:
            column = COLUMNS[index] if index < len(COLUMNS) else letter(index)
            cells.fault("cost_outside", row.number, column, clean(text_of(cell)))
