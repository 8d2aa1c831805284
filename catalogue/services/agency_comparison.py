"""Two to four agencies of one kind side by side: programmes, returns, instruments, records, indicators.

Three things are never mixed: a number that is 0, what does not apply to an agency (it owes none), and what nobody gave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import polars as pl

from catalogue.errors import Invalid
from catalogue.model import ranking
from catalogue.model.instrument import Timing
from catalogue.model.period import Moment
from catalogue.model.ranking import Like
from catalogue.model.reporting import ReturnState
from catalogue.reference import Agency
from catalogue.services import (
    agency_progress,
    completeness,
    figures,
    heirs,
    indicators,
    instruments,
    periods,
    quality,
)
from catalogue.services import returns as agency_returns
from catalogue.services.figures import Dimension
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter
from catalogue.store.database import Row

LEAST, MOST = 2, 4
PERIODS = 6  # the last periods whose returns are counted; as many as an agency's page shows
APART = Fraction(1, 10)
_IN_TIME = (ReturnState.SUBMITTED, ReturnState.NIL)


class State(StrEnum):
    """What a cell says."""

    VALUE = "value"
    NOT_ASKED = "not_asked"  # the agency has nothing of the kind: no rate, which is not 0
    NONE_YET = "none_yet"  # it has items, of which none is due, or done, yet
    MISSING = "missing"  # it should have a value, and nobody gave one
    NOT_APPLICABLE = "not_applicable"  # the source says that it does not apply


@dataclass(frozen=True)
class Cell:
    """One number of one agency: a count, a rate with both its numbers, or a value of an indicator with its row."""

    state: State
    numerator: int | None = None
    denominator: int | None = None
    row: Row | None = None

    @property
    def size(self) -> Fraction | None:
        """What is compared: the rate, the count, the value; None where there is none."""
        if self.state is not State.VALUE:
            return None
        if self.row is not None:
            return None if self.row["value"] is None else Fraction(str(self.row["value"]))
        if self.denominator is not None:
            return Fraction(self.numerator or 0, self.denominator)
        return Fraction(self.numerator or 0)


@dataclass(frozen=True)
class Line:
    """One question, answered for every agency. `section`: a kind of programme, or what else; `name`: the measure's own."""

    section: str
    name: str
    cells: tuple[Cell, ...]
    is_rate: bool = False
    about: Row | None = None  # of an indicator: indicator, group, period_end, period_kind, method

    @property
    def differs(self) -> bool:
        """Whether the agencies have different answers."""
        return len({(cell.state, cell.size) for cell in self.cells}) > 1

    @property
    def stands_out(self) -> bool:
        """Whether the answers differ enough to be seen first: rates by `APART` at least, anything else at all."""
        if self.is_rate and self.gap is not None:
            return self.gap >= APART
        return self.differs

    @property
    def gap(self) -> Fraction | None:
        """The highest less the lowest, of two at least."""
        sizes = [cell.size for cell in self.cells if cell.size is not None]
        return max(sizes) - min(sizes) if len(sizes) > 1 else None


def choosable(installation: Installation, moment: Moment, like: Like) -> tuple[Agency, ...]:
    """The agencies of one kind in the organisation that a moment counts by."""
    found = installation.reference.agencies_on(moment.organised_on)
    return tuple(one for one in found if ranking.like(one.kind) is like)


def chosen(installation: Installation, codes: Sequence[str]) -> tuple[Agency, ...]:
    """The agencies with these codes, each once.

    Raises: NotFound for one that does not exist; Invalid for too few, too many, or agencies of several kinds.
    """
    found = tuple(installation.reference.agency(code) for code in dict.fromkeys(codes))
    if not LEAST <= len(found) <= MOST:
        raise Invalid("agency_compare_count", count=len(found), least=LEAST, most=MOST)
    first = found[0]
    for one in found[1:]:
        if ranking.like(one.kind) is not ranking.like(first.kind):
            raise Invalid("agency_compare_kinds", one=first.short_name, other=one.short_name)
    return found


def compare(installation: Installation, moment: Moment, agencies: Sequence[Agency]) -> list[Line]:
    """Every question that applies to one of the agencies at least."""
    codes = [one.code for one in agencies]
    lines = [
        *_programmes(installation, moment, codes),
        _returns(installation, moment, codes),
        *_instruments(installation, moment, codes),
        *_records(installation, moment, codes),
        *_indicators(installation, moment, codes),
    ]
    said = (State.VALUE, State.NOT_APPLICABLE, State.MISSING)
    return [line for line in lines if any(cell.state in said for cell in line.cells)]


def _programmes(installation: Installation, moment: Moment, codes: list[str]) -> Iterator[Line]:
    for kind in figures.PROGRAMMES:
        measures = [*agency_progress.rates(kind), figures.item_measure(f"{kind}.overdue")]
        for measure in measures:
            frame = figures.breakdown(installation, measure.measure, moment, Dimension.AGENCY)
            counts = {row["key"]: row for row in frame.iter_rows(named=True)}
            is_rate = measure.over is not None
            cells = []
            for code in codes:
                row = counts.get(code)
                if row is None:
                    cells.append(Cell(State.NOT_ASKED))
                elif is_rate and not row["denominator"]:
                    cells.append(Cell(State.NONE_YET))
                else:
                    below = row["denominator"] if is_rate else None
                    cells.append(Cell(State.VALUE, row["numerator"], below))
            yield Line(kind, measure.measure.partition(".")[2], tuple(cells), is_rate)


def _returns(installation: Installation, moment: Moment, codes: list[str]) -> Line:
    """Returns that came in time, of those that were due in the last periods."""
    counts = {code: [0, 0] for code in codes}
    for period in periods.all_periods(installation, moment)[:PERIODS]:
        for one in agency_returns.of_period(installation, period, moment):
            if one.agency_code in counts and one.state is not ReturnState.WAITING:
                counts[one.agency_code][0] += one.state in _IN_TIME
                counts[one.agency_code][1] += 1
    return Line("work", "returns", tuple(_rate(*counts[code]) for code in codes), is_rate=True)


def _instruments(installation: Installation, moment: Moment, codes: list[str]) -> Iterator[Line]:
    """Of the instruments that an agency drafts and has not issued: those whose planned day has passed."""
    cells = []
    for code in codes:
        found = instruments.everything(installation, moment, InstrumentFilter(agency=code))
        late = int((found["timing"] == Timing.PASSED).sum()) if found.height else 0
        cells.append(_rate(late, found.height))
    yield Line("work", "instruments", tuple(cells), is_rate=True)


def _records(installation: Installation, moment: Moment, codes: list[str]) -> Iterator[Line]:
    """Complete records of those described; flagged ones of all."""
    frame = completeness.records(installation, moment)
    flagged = quality.problems(installation, moment)
    complete, wrong = [], []
    for code in codes:
        is_of = heirs.is_of(installation, moment, code)
        counted = completeness.totals(frame.filter(is_of))
        complete.append(_rate(counted.complete, counted.described))
        wrong.append(_rate(flagged.filter(is_of)["procedure_code"].n_unique(), counted.records))
    yield Line("records", "complete", tuple(complete), is_rate=True)
    yield Line("records", "flagged", tuple(wrong), is_rate=True)


def _indicators(installation: Installation, moment: Moment, codes: list[str]) -> Iterator[Line]:
    """Each indicator at the last period in which one of the agencies has anything: values of one period only."""
    known = pl.concat(
        [indicators.of_agency(installation, code, moment).with_columns(agency=pl.lit(code)) for code in codes]
    )
    for (indicator, _group), rows in known.group_by(["indicator", "group"], maintain_order=True):
        last = rows.sort("period_end", "period_kind").row(-1, named=True)
        same = rows.filter(
            (pl.col("period_end") == last["period_end"]) & (pl.col("period_kind") == last["period_kind"])
        )
        by_agency = {row["agency"]: row for row in same.iter_rows(named=True)}
        cells = tuple(_indicator(by_agency.get(code)) for code in codes)
        yield Line("indicators", str(indicator), cells, about=last)


def _indicator(row: Row | None) -> Cell:
    if row is None or row["state"] == "missing":
        return Cell(State.MISSING)
    if row["state"] == "not_applicable":
        return Cell(State.NOT_APPLICABLE)
    return Cell(State.VALUE, row=row)


def _rate(numerator: int, denominator: int) -> Cell:
    return Cell(State.VALUE, numerator, denominator) if denominator else Cell(State.NOT_ASKED)
