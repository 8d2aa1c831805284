"""The two clocks of every question: as of which day, and by what had been recorded."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Moment:
    """`as_of`: the day the answer describes; `revision`: the last one recorded on `known_at` (None: everything so far)."""

    as_of: date
    known_at: date | None
    revision: int


def is_month_end(day: date) -> bool:
    """Whether the next day begins a month."""
    return (day + timedelta(days=1)).day == 1


def month_end_before(day: date) -> date:
    """The last day of the month before the one of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def months_between(start: date, end: date) -> Decimal:
    """Calendar months from one day to a later one: whole between month ends, else by the average month."""
    if is_month_end(start) and is_month_end(end):
        return Decimal((end.year - start.year) * 12 + end.month - start.month)
    return Decimal((end - start).days) * 12 / Decimal("365.25")
