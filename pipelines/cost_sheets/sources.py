"""The sheet of sources: figures of which several were collected, or whose source is not that of their row."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from catalogue.correspondence.cost_form import LISTED, kinds, methods, title
from catalogue.model.cost_sheet import Collected, Kind
from pipelines.cost_sheets.cells import Cells, head
from pipelines.workbook import Row, Sheet

_ALONE = frozenset({"value"})


@dataclass(frozen=True)
class Listed:
    """A row: of which procedure, of which row of its table (0: of the whole), which figure. `value`: None where it is empty."""

    code: str
    line: int
    kind: Kind
    value: int | None
    collected: Collected
    row: int


@dataclass(frozen=True)
class Sources:
    """The rows of a sheet of sources, and what is wrong with them."""

    cells: Cells
    rows: Sequence[Listed]

    def of(self, code: str | None, line: int, kind: Kind) -> Sequence[Listed]:
        """What is listed of one figure."""
        return self._by_figure.get((code, line, kind), ())

    @cached_property
    def _by_figure(self) -> Mapping[tuple[str | None, int, Kind], Sequence[Listed]]:
        found: dict[tuple[str | None, int, Kind], list[Listed]] = {}
        for one in self.rows:
            found.setdefault((one.code, one.line, one.kind), []).append(one)
        return found

    def refuse_strays(self, known: Mapping[str, Mapping[int, Collection[Kind]]]) -> None:
        """Note the rows of figures that do not exist; `known`: by code and row, the figures of the sheets."""
        for one in self.rows:
            if one.code not in known:
                self.cells.fault("cost_source_stray", one.row, "code", one.code or None)
            elif one.line not in known[one.code]:
                self.cells.fault("cost_source_stray", one.row, "line_number", str(one.line))
            elif one.kind not in known[one.code][one.line]:
                self.cells.fault("cost_source_stray", one.row, "kind", title(one.kind))


def read_sources(file: str, sheet: Sheet) -> Sources:
    """The rows of the sheet of sources, with every fault of its cells."""
    cells = Cells(file, sheet.name, LISTED, _ALONE)
    found = head(cells, sheet)
    if found is None:
        return Sources(cells, ())
    cells.hidden(sheet, found.number)
    return Sources(cells, tuple(_rows(cells, sheet.rows, found.number)))


def _rows(cells: Cells, rows: Sequence[Row], head_row: int) -> Iterator[Listed]:
    names, ways = kinds(), methods()
    for row in rows:
        if row.number <= head_row or row.empty:
            continue
        cells.outside(row)
        if cells.is_blank(row, LISTED):
            continue
        cells.code = cells.text(row, "code") or None
        line = cells.number(row, "line_number") or 0
        kind = cells.word(row, "kind", names, "cost_kind_unknown", "cost_kind_unknown")
        source, method = cells.text(row, "source"), cells.word(row, "method", ways, "cost_method_unknown")
        if kind is None or cells.is_faulty(row.number, "kind"):
            continue
        value = cells.number(row, "value", kind)
        collected = Collected(value or 0, source, method, (cells.sheet, row.number))
        yield Listed(cells.code or "", line, kind, value, collected, row.number)
    cells.code = None
