"""The civil day in Asia/Ho_Chi_Minh and Vietnamese working days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.metadata import version
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SOURCE = f"holidays {version('holidays')}"  # another version may know other days


def civil_day(instant: datetime) -> date:
    """The Vietnamese calendar day on which an instant falls."""
    return instant.astimezone(ZONE).date()


def next_midnight(day: date) -> datetime:
    """The first instant (UTC) after a Vietnamese day: what was recorded before it was known on that day."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE).astimezone(UTC)


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday without public holidays, changed by dated decisions: other days off, other days worked."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day (Labour Code 2019, Article 112, and the Government's yearly decisions)."""
        if day in self.worked:
            return True
        return day.weekday() < 5 and day not in self.off and day not in public_holidays(day.year)

    def add(self, day: date, count: int) -> date:
        """The day `count` working days after (or, negative, before) a day."""
        step = timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to `end`; negative where `end` comes first."""
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))


_USUAL = Calendar()


@lru_cache(maxsize=128)
def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of a year with their Vietnamese names, days off in place of a Saturday included."""
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday, before any change in the reference data."""
    return _USUAL.is_working(day)


def add_working_days(day: date, count: int) -> date:
    """The day `count` usual working days after (or, negative, before) a day."""
    return _USUAL.add(day, count)
