"""The civil day in Asia/Ho_Chi_Minh and Vietnamese working days."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def civil_day(instant: datetime) -> date:
    """The Vietnamese calendar day on which an instant falls."""
    return instant.astimezone(ZONE).date()


def next_midnight(day: date) -> datetime:
    """The first instant (UTC) after a Vietnamese day: what was recorded before it was known on that day."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE).astimezone(UTC)


@lru_cache(maxsize=64)
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday (Labour Code 2019, Article 112)."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days after (or, negative, before) a day."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day
