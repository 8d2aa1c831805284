"""Indicators: scores of agencies by period, ranks among like only, and lines that stop where a comparison stops.

Values are exact: a ledger keeps them as whole ten-thousandths of their unit.
"""

import re
from calendar import monthrange
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from catalogue.model.period import month_end_before, quarter_end

SCALE = 10_000

_Key = TypeVar("_Key", bound=Hashable)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_TEXT = re.compile(r"(?P<year>\d{4})(-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(-(?P<day>\d\d))?)?")


class State(StrEnum):
    """Three different things: a value (0 is one), one that does not apply, and one that nobody gave."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Direction(StrEnum):
    """Which end is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Break(StrEnum):
    """Why two neighbouring values are not to be compared."""

    METHOD = "method"
    AGENCIES = "agencies"
    UNFINISHED = "unfinished"
    GAP = "gap"


class PeriodKind(StrEnum):
    """What a value describes: a stretch of time, or how it stood on one day."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, order=True)
class Period:
    """A year, quarter or month by its last day, or a day."""

    end: date
    kind: PeriodKind

    @property
    def start(self) -> date:
        """Its first day."""
        if self.kind is PeriodKind.DAY:
            return self.end
        months = _MONTHS[self.kind.value]
        return date(self.end.year, self.end.month - months + 1, 1)

    @property
    def text(self) -> str:
        """`2024`, `2024-Q1`, `2024-02` or `2024-02-29`, as `parse_period` reads it."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.end.year}"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.end.year}-Q{(self.end.month + 2) // 3}"
        return f"{self.end:%Y-%m}" if self.kind is PeriodKind.MONTH else self.end.isoformat()

    def before(self) -> "Period | None":
        """The period of the same kind just before; a day has none."""
        if self.kind is PeriodKind.DAY:
            return None
        return Period(self.start - timedelta(days=1), self.kind)


def parse_period(text: str) -> Period:
    """The period that a text names. Raises ValueError."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no period; write 2024, 2024-Q1, 2024-02 or 2024-02-29")
    year = int(match["year"])
    if match["day"]:
        return Period(date(year, int(match["month"]), int(match["day"])), PeriodKind.DAY)
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= 12:
            raise ValueError(f"{text!r} is no month")
        return Period(date(year, month, monthrange(year, month)[1]), PeriodKind.MONTH)
    if match["quarter"]:
        return Period(quarter_end(date(year, int(match["quarter"]) * 3, 1)), PeriodKind.QUARTER)
    return Period(date(year, 12, 31), PeriodKind.YEAR)


def month_period(day: date) -> Period:
    """The month of a day."""
    return Period(month_end_before(day.replace(day=28) + timedelta(days=4)), PeriodKind.MONTH)


def scaled(value: Decimal) -> int:
    """A value in ten-thousandths. Raises ValueError when it has more than four decimals."""
    exact = value * SCALE
    if exact != exact.to_integral_value():
        raise ValueError(f"{value} has more than four decimals")
    return int(exact)


def unscaled(value: int) -> Decimal:
    """Ten-thousandths as the value that they are, without zeros at its end: 8394 -> 0.8394, 839400 -> 83.94."""
    found = (Decimal(value) / SCALE).normalize()
    return found if found.as_tuple().exponent <= 0 else found.quantize(Decimal(1))  # type: ignore[operator]


@dataclass(frozen=True)
class Place:
    """A rank among how many; equal values share the better place and the next one is left out."""

    rank: int
    among: int


def ranks(values: Mapping[_Key, int], direction: Direction) -> dict[_Key, Place]:
    """The place of each value among all of them; whoever has no value is not to be given."""
    ordered = sorted(values.values(), reverse=direction is Direction.HIGHER)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    return {key: Place(first[value], len(ordered)) for key, value in values.items()}


@dataclass(frozen=True)
class Coverage:
    """How many agencies of a group have a value on its scale, and why the others have none; they add up to `of`.

    `partial`: a total that lacks a component, and so is on a scale of its own; `rank_only`: a rank was printed without
    a value. `of` is None where nobody says how large the group is: then what is missing is not known either.
    """

    valued: int
    partial: int
    not_applicable: int
    of: int | None
    rank_only: int = 0

    @property
    def missing(self) -> int | None:
        """Agencies of which nothing was given."""
        given = self.valued + self.partial + self.not_applicable + self.rank_only
        return None if self.of is None else self.of - given

    @property
    def is_telling(self) -> bool:
        """Whether a mean says something of the group: at least half of it, and more than one, have a value."""
        return self.valued > 1 and (self.of is None or self.valued * 2 >= self.of)


def mean(total: int, count: int) -> int:
    """The mean of `count` values, at least one, that add up to `total`: in ten-thousandths, half-up."""
    return (total * 2 + count) // (count * 2)


@dataclass(frozen=True)
class Point:
    """One value of a line: its period, the method behind it and the set of agencies that it stands for.

    `is_whole`: the period was over when it was measured.
    """

    period: Period
    method: str
    agencies: Hashable
    value: int | None
    is_whole: bool = True


def broken(before: Point, after: Point) -> Break | None:
    """Why a line may not run from one point to the next; None where it may. What follows may be a later period only."""
    if before.method != after.method:
        return Break.METHOD
    if before.agencies != after.agencies:
        return Break.AGENCIES
    if before.value is None or after.value is None:
        return Break.GAP
    if not (before.is_whole and after.is_whole):
        return Break.UNFINISHED
    if after.period.kind is PeriodKind.DAY:
        return None
    return None if after.period.before() == before.period else Break.GAP


def change(before: Point | None, after: Point) -> Decimal | None:
    """By how much the value moved, in its own unit: percent move by percentage points; None across a break."""
    if before is None or before.value is None or after.value is None or broken(before, after):
        return None
    return unscaled(after.value - before.value)


def segments(points: Iterable[Point]) -> list[tuple[int, Break | None]]:
    """For each point in time order: the number of the unbroken line it is on, and why that line begins anew there.

    A method or set that changed while values were missing between is named before the gap.
    """
    found: list[tuple[int, Break | None]] = []
    number, last = 0, None
    for point in points:
        why = broken(last, point) if last is not None else None
        number += why is not None
        found.append((number, why))
        last = point
    return found


@dataclass(frozen=True)
class Fault:
    """What does not fit in a row of components: `component` is None for the total."""

    rule: str
    component: str | None
    value: int | None


def faults(
    maxima: Mapping[str, int], components: Mapping[str, int | State], total: int | State
) -> list[Fault]:
    """What is wrong with a total and its components, all in ten-thousandths.

    Each component lies between 0 and its maximum; together they are the total. Where one is missing, the sum cannot
    be proved, which is said too; one that does not apply adds nothing.
    """
    found = []
    for code, value in components.items():
        if isinstance(value, int) and not 0 <= value <= maxima[code]:
            found.append(Fault("score_out_of_range", code, value))
    if not isinstance(total, int):
        return found
    given = [value for value in components.values() if isinstance(value, int)]
    is_whole = set(components) == set(maxima) and State.MISSING not in components.values()
    if sum(given) > total or (is_whole and sum(given) != total):
        found.append(Fault("components_do_not_add_up", None, sum(given)))
    elif not is_whole:
        found.append(Fault("components_incomplete", None, None))
    return found
