"""Whether a publication decision kept the limits of the law, and how far a province's decision follows a ministry's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class WorkingDays(Protocol):
    """The calendar that limits are counted in."""

    def add(self, day: date, count: int) -> date:
        """The day `count` working days after (or, negative, before) a day."""

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to `end`."""


class Milestone(StrEnum):
    """What a limit is set for (Decree 63/2010/NĐ-CP, Articles 15, 24 and 26)."""

    SIGNED = "signed"  # so many working days before the legal document comes into force
    ENTERED = "entered"  # into the national database, so many working days after the signature
    POSTED = "posted"  # for the public, so many working days after the signature


class Timeliness(StrEnum):
    """How a limit was kept. Unknown is what is not recorded: it is never late."""

    IN_TIME = "in_time"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Limit:
    """So many working days, and the law that says so."""

    days: int
    document: str


@dataclass(frozen=True)
class Check:
    """One milestone of one decision; `basis` is the legal document that a signature is counted back from."""

    milestone: Milestone
    limit: Limit | None
    limit_on: date | None
    actual_on: date | None
    days_late: int | None  # working days; 0 is in time, None is not known
    basis: str | None = None

    @property
    def state(self) -> Timeliness:
        """In time, late or unknown."""
        if self.days_late is None:
            return Timeliness.UNKNOWN
        return Timeliness.LATE if self.days_late else Timeliness.IN_TIME


@dataclass(frozen=True)
class Lag:
    """How long after a ministry's decision a province's followed."""

    days: int
    working_days: int


def timeliness(
    signed_on: date,
    *,
    bases: Sequence[tuple[str, date | None]],
    days: Mapping[Milestone, date | None],
    limits: Mapping[Milestone, Limit | None],
    calendar: WorkingDays,
) -> tuple[Check, ...]:
    """Every milestone of a decision: the signature once for each legal document (number, in force from).

    Decree 63/2010/NĐ-CP, Article 15 (as amended by Decree 48/2013/NĐ-CP), Articles 24 and 26.
    """
    before = limits.get(Milestone.SIGNED)
    checks = [
        _check(
            Milestone.SIGNED,
            before,
            calendar.add(in_force_on, -before.days) if before and in_force_on else None,
            signed_on,
            calendar,
            basis,
        )
        for basis, in_force_on in (bases or [("", None)])
    ]
    for milestone in (Milestone.ENTERED, Milestone.POSTED):
        after = limits.get(milestone)
        limit_on = calendar.add(signed_on, after.days) if after else None
        checks.append(_check(milestone, after, limit_on, days.get(milestone), calendar))
    return tuple(checks)


def overall(checks: Iterable[Check]) -> tuple[Timeliness, int | None]:
    """One word for a decision: late by the worst milestone, in time only where every milestone is known."""
    late = [check.days_late for check in checks]
    known = [days for days in late if days is not None]
    worst = max(known, default=0)
    if worst:
        return Timeliness.LATE, worst
    return (Timeliness.IN_TIME, 0) if len(known) == len(late) else (Timeliness.UNKNOWN, None)


def lag(earlier: date, later: date, calendar: WorkingDays) -> Lag:
    """Calendar and working days from a ministry's decision to a province's."""
    return Lag((later - earlier).days, calendar.between(earlier, later))


def _check(
    milestone: Milestone,
    limit: Limit | None,
    limit_on: date | None,
    actual_on: date | None,
    calendar: WorkingDays,
    basis: str | None = None,
) -> Check:
    late = None
    if limit_on is not None and actual_on is not None:
        # On a day off right after the last day no working day has passed, and the limit has.
        late = 0 if actual_on <= limit_on else max(1, calendar.between(limit_on, actual_on))
    return Check(milestone, limit, limit_on, actual_on, late, basis or None)
