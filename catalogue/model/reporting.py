"""Reporting periods: a calendar month, when its returns are due, and what became of an agency's return."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from catalogue.errors import Invalid, Issue


class WorkingDays(Protocol):
    """The calendar that the limit of a return is counted in."""

    def add(self, day: date, count: int) -> date:
        """The day `count` working days after a day."""


class ReturnKind(StrEnum):
    """What an agency sends for a period: a report by letter, or word that nothing happened."""

    REPORT = "report"
    NIL = "nil"


class ReturnState(StrEnum):
    """Where an agency's return for a period stands."""

    SUBMITTED = "submitted"
    LATE = "late"  # sent after the day on which it was due
    NIL = "nil"
    MISSING = "missing"
    WAITING = "waiting"  # not sent, and not due yet


@dataclass(frozen=True)
class Period:
    """One reporting period as known at a moment; `frozen_revision` is the last revision that its figures count."""

    period_id: int
    name: str
    starts_on: date
    ends_on: date
    due_on: date
    closed_at: datetime | None = None
    closed_by: str | None = None
    close_note: str | None = None
    frozen_revision: int | None = None

    @property
    def is_closed(self) -> bool:
        """Whether its figures are frozen."""
        return self.frozen_revision is not None

    @property
    def is_day(self) -> bool:
        """Whether it is one day's view of the month so far (day_period): nobody opened it, nothing is owed for it."""
        return self.name == self.ends_on.isoformat()

    def days_left(self, day: date) -> int:
        """Calendar days from a day to the day on which returns are due; negative once it has passed."""
        return (self.due_on - day).days


@dataclass(frozen=True)
class ReturnFile:
    """A file that came with a return."""

    file_id: int
    file_name: str
    size_bytes: int


@dataclass(frozen=True)
class AgencyReturn:
    """What an agency owes, or sent, for a period: its last return, with the state of it."""

    agency_code: str
    agency_name: str
    agency_short_name: str
    items: int  # of the bases that it answers for at the end of the period
    state: ReturnState
    kind: ReturnKind | None = None
    number: str | None = None
    issued_on: date | None = None
    sent_on: date | None = None
    first_sent_on: date | None = None
    note: str | None = None
    versions: int = 0  # how many it sent; the last one counts
    recorded_at: datetime | None = None
    files: tuple[ReturnFile, ...] = ()


def month_name(day: date) -> str:
    """The name of the period that a day falls into: `2024-02`."""
    return f"{day:%Y-%m}"


def month_of(name: str) -> tuple[date, date]:
    """The first and the last day of a period by its name.

    Raises: Invalid when the name is no month.
    """
    try:
        year, month = (int(part) for part in name.split("-"))
        first = date(year, month, 1)
    except ValueError as error:
        raise Invalid("period_name", value=name[:20]) from error
    if month_name(first) != name:
        raise Invalid("period_name", value=name[:20])
    return first, month_after(first) - timedelta(days=1)


def day_period(day: date) -> Period:
    """The month of a day as far as that day, named by it (`2024-03-15`): what a report between two periods is about."""
    return Period(0, day.isoformat(), day.replace(day=1), day, day)


def month_after(day: date) -> date:
    """The first day of the month after the one of `day`."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def due_day(ends_on: date, working_days: int, calendar: WorkingDays) -> date:
    """The working day after the end of a period by which its returns are due (reference/reporting.yml)."""
    return calendar.add(ends_on, working_days)


def return_state(
    period: Period, kind: ReturnKind | None, first_sent_on: date | None, day: date
) -> ReturnState:
    """Where a return stands on a day: nil by what was sent last; late where the first one came after it was due.

    Closing the figures of a period early does not shorten the time that agencies have.
    """
    if kind is None or first_sent_on is None:
        return ReturnState.MISSING if day > period.due_on else ReturnState.WAITING
    if first_sent_on > period.due_on:
        return ReturnState.LATE
    return ReturnState.NIL if kind is ReturnKind.NIL else ReturnState.SUBMITTED


def missing_parts(
    kind: ReturnKind, number: str | None, issued_on: date | None, files: Sequence[object], day: date
) -> tuple[Issue, ...]:
    """What a return lacks: a report is a letter with its number, date and file; a nil return needs none of them."""
    found: list[Issue] = []
    if kind is ReturnKind.REPORT:
        given = {"number": number, "issued_on": issued_on, "return_file": files}
        found += [Issue("field_missing", column=name) for name, value in given.items() if not value]
    if issued_on is not None and issued_on > day:
        found.append(Issue("date_in_future", column="issued_on", value=issued_on.isoformat()))
    return tuple(found)


def next_name(known: Iterable[Period], day: date) -> str:
    """The period to be opened after the ones there are; the month of `day` where there is none."""
    latest = max((period.ends_on for period in known), default=None)
    return month_name(month_after(latest)) if latest else month_name(day)


def opens_too_early(starts_on: date, day: date) -> bool:
    """A period is opened in the month before it at the earliest."""
    return starts_on > month_after(day)
