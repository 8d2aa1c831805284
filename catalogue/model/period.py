"""The two clocks of every question: as of which day, and by what had been recorded; and by which agencies it counts."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Organisation(StrEnum):
    """By which agencies an answer counts: those of `as_of`, or the last organisation that the reference data knows."""

    AT_THE_TIME = "at_the_time"
    TODAY = "today"


@dataclass(frozen=True)
class Moment:
    """`as_of`: the day the answer describes; `revision`: the last one recorded on `known_at` (None: everything so far);
    `organisation`: by which agencies it counts."""

    as_of: date
    known_at: date | None
    revision: int
    organisation: Organisation = Organisation.AT_THE_TIME

    @property
    def at_the_time(self) -> "Moment":
        """The same question, counted by the agencies of its day."""
        return replace(self, organisation=Organisation.AT_THE_TIME)

    @property
    def organised_on(self) -> date:
        """The day whose agencies answer for the items."""
        return date.max if self.organisation is Organisation.TODAY else self.as_of


def is_month_end(day: date) -> bool:
    """Whether the next day begins a month."""
    return (day + timedelta(days=1)).day == 1


def month_end_before(day: date) -> date:
    """The last day of the month before the one of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter of `day`."""
    month = (day.month + 2) // 3 * 3
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where that is shorter; of a month end, the month end."""
    month = day.year * 12 + day.month - 1 - months
    last = month_end_before(date((month + 1) // 12, (month + 1) % 12 + 1, 1))
    return last if is_month_end(day) else last.replace(day=min(day.day, last.day))


def months_between(start: date, end: date) -> Decimal:
    """Calendar months from one day to a later one: whole between month ends or the same days of two months, else by
    the average month."""
    if start.day == end.day or (is_month_end(start) and is_month_end(end)):
        return Decimal((end.year - start.year) * 12 + end.month - start.month)
    return Decimal((end - start).days) * 12 / Decimal("365.25")
