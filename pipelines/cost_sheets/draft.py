"""A worksheet and the sheet of sources as the draft of a cost sheet; what of both does not go together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isclose

from catalogue.model.cost import Estimate, Sheet
from catalogue.model.cost_form import differs
from catalogue.model.cost_sheet import OF_LINE, OF_SHEET, Collected, Draft, DraftLine, Kind, Method, shown
from catalogue.text import clean
from pipelines.cost_sheets.paper import Paper, PaperLine
from pipelines.cost_sheets.sources import Listed, Sources
from pipelines.strict import excerpt, text_of

_UNREAD = Collected(0, "?", Method.LAW)  # instead of a figure whose fault is told already


def read_draft(paper: Paper, sources: Sources, version_id: int) -> Draft:
    """What a worksheet says. A cell that could not be read counts as 0: its fault is among those of `paper` or `sources`."""
    lines = tuple(
        DraftLine(line.activity, line.label, _figures(paper, sources, line), line.row) for line in paper.lines
    )
    whole = {kind: found for kind in OF_SHEET if (found := _count(paper, sources, kind))}
    return Draft(paper.cells.code or "", version_id, lines, whole, paper.row, paper.cells.sheet)


def income_year(paper: Paper, incomes: Mapping[int, int]) -> int | None:
    """The year of the one hourly income of a worksheet; None where it has none. `incomes`: đồng by year, those in use."""
    cells = paper.cells
    row, cell = paper.said.get("income_year", (paper.head, None))
    text = clean(text_of(cell))
    year = int(text) if text in map(str, incomes) else None
    if text and year is None:
        cells.fault("cost_year_unknown", row, "income_year", excerpt(text))
    expected = incomes.get(year) if year is not None else None
    given = {
        line.row: line.income
        for line in paper.lines
        if line.income is not None and not cells.is_faulty(line.row, "income")
    }
    value = _agreed(paper, given, expected, "income", "cost_two_incomes")
    if value is not None and value != expected:
        if value not in incomes.values():
            cells.fault("cost_income_not_listed", min(given), "income", shown(Kind.FEES, value))
        elif expected is not None:
            cells.fault("cost_income_other_year", min(given), "income", shown(Kind.FEES, value))
    for line in paper.lines:
        if line.income is None and line.figures.get(Kind.MINUTES):
            cells.fault("cost_income_missing", line.row, "income")
    return year


def check_sums(paper: Paper, sheet: Sheet) -> None:
    """Note each sum of a worksheet that is not what it says; those that Excel never computed are passed over."""
    costs = {row.row: line.cost(sheet.wage) for row, line in zip(paper.lines, sheet.lines, strict=True)}
    if paper.total is not None:
        costs[paper.total] = sheet.case()
    for row, cost in costs.items():
        expected = {"case": cost, "year": cost * sheet.cases()}
        for name, found in paper.sums[row].items():
            if not isclose(found, expected[name], rel_tol=1e-13):
                paper.cells.fault("cost_sum_differs", row, name, shown(Kind.FEES, expected[name]))


def _figures(paper: Paper, sources: Sources, line: PaperLine) -> dict[Kind, tuple[Collected, ...]]:
    found, is_used = {}, False
    for kind in OF_LINE:
        value = line.figures.get(kind)
        listed = sources.of(paper.cells.code, line.ordinal, kind) if line.ordinal else ()
        is_used = is_used or (value is not None and not listed)
        if value is not None:
            own = Collected(value, line.source, line.method)
            found[kind] = _collected(paper, sources, line.row, kind, own, listed)
    if found and not is_used and (line.source or line.method):
        paper.cells.fault("cost_source_unused", line.row, "source", excerpt(line.source) or None, "warning")
    return found


def _count(paper: Paper, sources: Sources, kind: Kind) -> tuple[Collected, ...]:
    """Times or people a year: one number, however many rows repeat it."""
    cells, by_row = paper.cells, paper.counts[kind]
    given = {row: value for row, value in by_row.items() if not cells.is_faulty(row, kind)}
    listed = sources.of(cells.code, 0, kind)
    if by_row and not given:
        return (_UNREAD,)
    chosen = _lower_middle(sources, listed)
    value = _agreed(paper, given, chosen, kind, "cost_count_differs")
    if value is None and chosen is None:
        return ()
    if value is None:
        cells.fault("cost_not_lower_middle", paper.row, kind, f"– ≠ {shown(kind, chosen or 0)}")
        return (_UNREAD,)
    return _collected(paper, sources, min(given), kind, Collected(value), listed)


def _collected(
    paper: Paper, sources: Sources, row: int, kind: Kind, own: Collected, listed: Sequence[Listed]
) -> tuple[Collected, ...]:
    """What was collected of a figure that stands in a row: what is listed, else the figure itself."""
    if not listed:
        return (own,)
    if len(listed) == 1 and listed[0].value is None:
        return (replace(listed[0].collected, value=own.value),)
    for one in listed:
        if one.value is None:
            sources.cells.fault("cost_value_missing", one.row, "value")
    found = tuple(one.collected for one in listed)
    if _lower_middle(sources, listed) is not None and not paper.cells.is_faulty(row, kind):
        for issue in differs(own.value, {kind: found}, kind, row):
            paper.cells.fault(issue.rule, row, kind, issue.value)
    return found


def _lower_middle(sources: Sources, listed: Sequence[Listed]) -> int | None:
    """What is to be reckoned with of what is listed; None where that is nothing, or some of it cannot be read."""
    values = [one.value for one in listed]
    if not values or any(sources.cells.is_faulty(one.row, "value") for one in listed):
        return None
    read = [value for value in values if value is not None and value >= 0]
    return Estimate.of(read).chosen if len(read) == len(values) else None


def _agreed(
    paper: Paper, given: Mapping[int, int], expected: int | None, column: str, rule: str
) -> int | None:
    """The one value of several rows: the expected one where some row has it, else the first. Others are faults."""
    if not given:
        return None
    values = list(given.values())
    value = expected if expected in values else values[0]
    for row, found in given.items():
        if found != value:
            paper.cells.fault(rule, row, column, shown(Kind.FEES, found))
    return value
