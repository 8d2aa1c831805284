"""A cost sheet as people fill it in: a row a piece of work with one source, and a second table for what has more.

A figure that the second table lists has its sources there, one row each; the number in the first must then be their lower
middle (Circular 02/2017/TT-VPCP, Article 27).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.errors import Issue
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import OF_LINE, Collected, DraftLine, Figures, Kind, Method, estimate, shown

WHOLE = 0  # the row of what belongs to the sheet and not to a line


@dataclass(frozen=True)
class FormLine:
    """A row of the first table; a kind that is not in `values` was left empty."""

    activity: Activity
    label: str
    values: Mapping[Kind, int]
    source: str = ""
    method: Method | None = None
    row: int = 0


@dataclass(frozen=True)
class FormFigure:
    """A row of the second table. `line`: the place of its row in the first table from 1, or WHOLE; `row`: its own place."""

    line: int
    kind: Kind
    value: int
    source: str = ""
    method: Method | None = None
    row: int = field(default=0, compare=False)

    @property
    def collected(self) -> Collected:
        return Collected(self.value, self.source, self.method)


def lines_of(lines: Iterable[DraftLine]) -> tuple[list[FormLine], list[FormFigure]]:
    """Both tables of some lines: what shares one source stands in its row."""
    rows: list[FormLine] = []
    figures: list[FormFigure] = []
    for place, line in enumerate(lines, start=1):
        given = {kind: line.figures[kind] for kind in OF_LINE if line.figures.get(kind)}
        first = next((some[0] for some in given.values() if len(some) == 1), None)
        source, method = (first.source, first.method) if first else ("", None)
        for kind, some in given.items():
            if len(some) > 1 or (some[0].source, some[0].method) != (source, method):
                figures += figures_of(place, {kind: some})
        values = {kind: estimate(line.figures, kind).chosen for kind in given}
        rows.append(FormLine(line.activity, line.label, values, source, method, line.row))
    return rows, figures


def figures_of(line: int, figures: Figures) -> list[FormFigure]:
    """Rows of the second table for some figures of one line, or of the sheet."""
    return [
        FormFigure(line, kind, one.value, one.source, one.method)
        for kind, some in figures.items()
        for one in some
    ]


def read_lines(
    lines: Sequence[FormLine], figures: Sequence[FormFigure]
) -> tuple[tuple[DraftLine, ...], tuple[Issue, ...]]:
    """The lines that both tables say together, and where they contradict each other, by row of the first table."""
    listed: dict[tuple[int, Kind], list[FormFigure]] = {}
    for one in figures:
        listed.setdefault((one.line, one.kind), []).append(one)
    found: list[DraftLine] = []
    issues: list[Issue] = []
    for place, line in enumerate(lines, start=1):
        own: dict[Kind, tuple[Collected, ...]] = {}
        for kind in OF_LINE:
            some = listed.get((place, kind))
            if some:
                own[kind] = tuple(one.collected for one in some)
                issues += differs(line.values.get(kind), own, kind, line.row)
            elif kind in line.values:
                own[kind] = (Collected(line.values[kind], line.source, line.method),)
        found.append(DraftLine(line.activity, line.label, own, line.row))
    return tuple(found), tuple(issues)


def differs(value: int | None, figures: Figures, kind: Kind, row: int) -> list[Issue]:
    """A number that is not the lower middle of what was collected."""
    chosen = estimate(figures, kind).chosen
    if value is None or value == chosen:
        return []
    said = f"{shown(kind, value)} ≠ {shown(kind, chosen)}"
    return [Issue("cost_not_lower_middle", row=row, column=kind, value=said)]
