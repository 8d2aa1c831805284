"""Compliance cost: what a procedure costs those who carry it out, in whole đồng, and what a change of it is owed to.

Circular 02/2017/TT-VPCP, Article 27: the cost of one case is that of the necessary work plus fees, charges and other costs
by law; a year's is that times the cases; the lower middle of differing figures is taken; no opportunity cost is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_MINUTES = 60


class Activity(StrEnum):
    """The work of one case, in the order of the form."""

    PREPARE = "prepare"
    SUBMIT = "submit"
    PAY = "pay"
    INSPECT = "inspect"
    OTHER = "other"
    RECEIVE = "receive"


class Reading(StrEnum):
    """Which of the figures that were collected a cost is reckoned with."""

    LOW = "low"
    CHOSEN = "chosen"
    HIGH = "high"


@dataclass(frozen=True)
class Estimate:
    """One input as the sources give it: the least, the one reckoned with, the most. 0 <= low <= chosen <= high."""

    low: int
    chosen: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.chosen <= self.high:
            raise ValueError(f"not in order: {self.low}, {self.chosen}, {self.high}")

    @classmethod
    def of(cls, figures: Sequence[int]) -> "Estimate":
        """What several sources say: of two middle ones the lower ("trung bình thấp"). Raises: ValueError without any."""
        if not figures:
            raise ValueError("no figure")
        ordered = sorted(figures)
        return cls(ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1])

    def at(self, reading: Reading) -> int:
        """The figure of one reading."""
        return int(getattr(self, reading.value))


NOTHING = Estimate(0, 0, 0)


@dataclass(frozen=True)
class Line:
    """One piece of work: minutes of one's own time, đồng paid for help (`hired`), đồng of fees and charges."""

    activity: Activity
    label: str
    minutes: Estimate = NOTHING
    hired: Estimate = NOTHING
    fees: Estimate = NOTHING

    def time_cost(self, wage: int, reading: Reading = Reading.CHOSEN) -> int:
        """Đồng for the time, at `wage` đồng an hour; half a đồng counts as one, so that lines add up to their sheet."""
        return (2 * self.minutes.at(reading) * wage + _MINUTES) // (2 * _MINUTES)

    def money(self, reading: Reading = Reading.CHOSEN) -> int:
        """Đồng that are paid, whatever an hour is worth."""
        return self.hired.at(reading) + self.fees.at(reading)

    def cost(self, wage: int, reading: Reading = Reading.CHOSEN) -> int:
        """Đồng in all."""
        return self.time_cost(wage, reading) + self.money(reading)


@dataclass(frozen=True)
class Sheet:
    """What one procedure costs, at an hourly income of `wage` đồng: its lines, times a year for one person, people."""

    lines: tuple[Line, ...]
    wage: int
    times: Estimate
    people: Estimate

    def case(self, reading: Reading = Reading.CHOSEN) -> int:
        """Đồng for one case."""
        return case(self.lines, self.wage, reading)

    def cases(self, reading: Reading = Reading.CHOSEN) -> int:
        """Cases a year."""
        return self.times.at(reading) * self.people.at(reading)

    def year(self, reading: Reading = Reading.CHOSEN) -> int:
        """Đồng a year, of everybody."""
        return self.case(reading) * self.cases(reading)


def case(lines: Iterable[Line], wage: int, reading: Reading = Reading.CHOSEN) -> int:
    """Đồng for one case of some lines."""
    return sum(line.cost(wage, reading) for line in lines)


@dataclass(frozen=True)
class Change:
    """From one sheet to another, in đồng a year, by cause; what fell is negative. The causes add up to the whole.

    `reform`: the work and the money of a case are others, at the old hourly income and the old number of cases;
    `wage`: an hour is worth another sum; `volume`: there are more or fewer cases.
    """

    before: int
    after: int
    reform: int
    wage: int
    volume: int

    @property
    def saved(self) -> int:
        """The benefit as the method has it: before less after, whatever caused it."""
        return self.before - self.after


def change(before: Sheet, after: Sheet, reading: Reading = Reading.CHOSEN) -> Change:
    """What a year costs less or more, split by cause."""
    first = before.case(reading)
    at_old_wage = case(after.lines, before.wage, reading)
    last = after.case(reading)
    cases, later = before.cases(reading), after.cases(reading)
    return Change(
        before=before.year(reading),
        after=after.year(reading),
        reform=cases * (at_old_wage - first),
        wage=cases * (last - at_old_wage),
        volume=(later - cases) * last,
    )
