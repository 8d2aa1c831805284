"""The periods of periodic reports: quarters and years whose figures are closed on a day of their last month."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.errors import Invalid

_NAME = re.compile(r"(20\d\d)(?:-Q([1-4]))?")
_ROMAN = ("I", "II", "III", "IV")
_SAID = re.compile(
    r"quý\s+(i{1,3}|iv|[1-4])\s*(?:/|-|,)?\s*(?:năm\s+)?(20\d\d)|năm\s+(20\d\d)", re.IGNORECASE
)


@dataclass(frozen=True)
class ReportPeriod:
    """One period; `name`: 2024-Q1 or 2024; `quarter`: None for a whole year; both days included."""

    name: str
    year: int
    quarter: int | None
    starts_on: date
    ends_on: date

    @property
    def roman(self) -> str:
        """The quarter as Vietnamese papers number it; empty for a year."""
        return _ROMAN[self.quarter - 1] if self.quarter else ""


def period_of(name: str, closes_on_day: int | None) -> ReportPeriod:
    """The period of a name; `closes_on_day`: the last day of its last month that counts (None: the month's end).

    Raises: Invalid when it is no name of a period.
    """
    match = _NAME.fullmatch(name.strip().upper())
    if match is None:
        raise Invalid("report_period_unknown", value=name[:40])
    year, quarter = int(match[1]), int(match[2]) if match[2] else None
    last_month = quarter * 3 if quarter else 12
    before = _closing(*_months_before(year, last_month, 3 if quarter else 12), closes_on_day)
    ends_on = _closing(year, last_month, closes_on_day)
    return ReportPeriod(match[0], year, quarter, before + timedelta(days=1), ends_on)


def previous(period: ReportPeriod, closes_on_day: int | None) -> ReportPeriod:
    """The period of the same length before it."""
    if period.quarter is None:
        return period_of(str(period.year - 1), closes_on_day)
    year, quarter = (period.year, period.quarter - 1) if period.quarter > 1 else (period.year - 1, 4)
    return period_of(f"{year}-Q{quarter}", closes_on_day)


def last_ended(day: date, closes_on_day: int | None) -> ReportPeriod:
    """The last quarter whose figures were closed by a day."""
    period = period_of(f"{day.year + 1}-Q1", closes_on_day)
    while period.ends_on > day:
        period = previous(period, closes_on_day)
    return period


def recent(day: date, closes_on_day: int | None, quarters: int = 8) -> tuple[ReportPeriod, ...]:
    """The last quarters closed by a day and the years that ended with one of them, newest first."""
    found: list[ReportPeriod] = []
    period = last_ended(day, closes_on_day)
    for _ in range(quarters):
        if period.quarter == 4:
            found.append(period_of(str(period.year), closes_on_day))
        found.append(period)
        period = previous(period, closes_on_day)
    return tuple(found)


def name_said(text: str) -> str | None:
    """The name of the period that a form means: `Quý IV năm 2023`, `quý 4/2023`, `Năm 2023`; None when it is none."""
    match = _SAID.fullmatch(text.strip())
    if match is None:
        return None
    if match[3]:
        return match[3]
    said = match[1].upper()
    quarter = int(said) if said.isdigit() else _ROMAN.index(said) + 1
    return f"{match[2]}-Q{quarter}"


def _months_before(year: int, month: int, count: int) -> tuple[int, int]:
    place = year * 12 + month - 1 - count
    return place // 12, place % 12 + 1


def _closing(year: int, month: int, closes_on_day: int | None) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, min(closes_on_day or last, last))
