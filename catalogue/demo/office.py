"""When things are recorded: distinct instants in Vietnamese office hours, and working days between two dates."""

import random
from datetime import UTC, date, datetime, time, timedelta

from catalogue.working_days import ZONE, add_working_days, is_working_day

_OPENS, _CLOSES = time(8, 5), time(16, 10)
_MINUTES = (2, 5, 9, 16, 28)  # between two entries of a day; seconds apart once the day is full
_FULL = timedelta(seconds=12)


class Office:
    """Hands out instants; on one day each is later than the one before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._latest: dict[date, datetime] = {}

    def moment(self, day: date) -> datetime:
        """The next free instant of the day, in UTC."""
        latest = self._latest.get(day, datetime.combine(day, _OPENS, ZONE))
        step = timedelta(minutes=self._rng.choice(_MINUTES)) if latest.time() < _CLOSES else _FULL
        self._latest[day] = latest + step
        return self._latest[day].astimezone(UTC)


def working_day(day: date) -> date:
    """The day itself, or the last working day before it."""
    return day if is_working_day(day) else add_working_days(day, -1)


def some_working_day(start: date, end: date, rng: random.Random) -> date:
    """A working day from start to end, both included (the first one after start where there is no other)."""
    day = working_day(start + timedelta(days=rng.randint(0, (end - start).days)))
    return day if day >= start else add_working_days(start, 1)


def working_days(start: date, end: date) -> list[date]:
    """Every working day from start to end, both included."""
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return [day for day in days if is_working_day(day)]
