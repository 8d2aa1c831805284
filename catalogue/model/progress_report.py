"""The monthly report of a programme as data: rows by ministry, and the lists that explain them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from catalogue.model.figure import share
from catalogue.model.reporting import Period, ReturnState


@dataclass(frozen=True)
class ProgressRow:
    """One ministry, or the total (`agency_code` is None), at the end of a period. Counts are of items.

    `done` is the programme's done stage; the deadline states add up to `assigned`. Standing tasks are never due: they count
    in no percentage.
    """

    agency_code: str | None
    agency_name: str | None
    agency_short_name: str | None
    assigned: int
    approved: int
    enacted: int
    published: int
    done: int
    done_in_time: int
    done_late: int
    overdue: int
    due_soon: int
    in_time: int
    no_deadline: int
    standing: int
    done_before: int  # done at the end of the period before, as that period was closed (where it was)
    base_added: int
    base_withdrawn: int
    late_corrections: int  # items whose state at the end of this period was recorded after it was closed
    carried_corrections: (
        int  # net: done at the end of the period before, but recorded after its close; part of `done_change`
    )
    extensions_granted: int  # items whose deadline was moved, recorded since the close of the period before
    extensions_refused: int
    return_state: ReturnState | None  # None for the total, and for an agency that owes no return

    @property
    def done_change(self) -> int:
        """Done since the period before: `+n`."""
        return self.done - self.done_before

    @property
    def percent_of_due(self) -> Decimal | None:
        """Done of those that are due, "hoàn thành trong số đến hạn": done / (done + overdue)."""
        due = self.done + self.overdue
        return share(self.done, due, 1) if due else None

    @property
    def percent_of_all(self) -> Decimal | None:
        """Done of the whole base but for standing tasks, "hoàn thành trên tổng số được giao"."""
        return share(self.done, self.counted, 1) if self.counted else None

    @property
    def counted(self) -> int:
        """What the percentages are of: everything assigned that can be done."""
        return self.assigned - self.standing


@dataclass(frozen=True)
class BaseChange:
    """Items that joined (`added`) or left (`withdrawn`) the base in a period, with one agency, reason and document."""

    change: str
    agency_code: str
    agency_short_name: str
    items: int
    effective_date: date
    reason: str | None
    document_number: str | None
    document_date: date | None
    document_title: str | None = None


@dataclass(frozen=True)
class LateCorrection:
    """What was recorded after a period was closed and is true of its end: one item and subject.

    `change`: `<subject>_reached`, `_lost` or `_moved`; `before` and `after` are the day of the stage, or the deadline,
    as known at the close and as known now. Of the claim only its number: what it says asks for a right.
    """

    item_id: int
    title: str
    procedure_code: str | None
    agency_code: str
    agency_short_name: str
    change: str
    before: date | None
    after: date | None
    recorded_at: datetime
    claim_id: int | None
    recorded_by: str | None = None  # a person's name, for readers who may see it


@dataclass(frozen=True)
class MissingReturn:
    """An agency that owes a return and has not sent one (`missing`), or sent it after the day it was due (`late`)."""

    agency_code: str
    agency_name: str
    agency_short_name: str
    state: ReturnState
    sent_on: date | None


@dataclass(frozen=True)
class Bottleneck:
    """A document not yet issued: items that it `alone` holds back, items that it `helps`."""

    document_id: int
    title: str
    drafting_agency: str | None
    drafting_agency_short_name: str | None
    planned_issue_on: date | None
    alone: int
    helps: int


@dataclass(frozen=True)
class ProgressReport:
    """The month's report of one programme. From the frozen figures once the period is closed, else as known now.

    `as_of` is the end of the period; `revision` the last one that counts; `known_until` the instant it was recorded.
    `late_corrections` are the ones recorded after the close, up to the moment of the report: the rows stand as closed.
    """

    programme_code: str
    programme_kind: str
    programme_name_vi: str
    programme_name_en: str
    done_stage: str
    period: Period
    previous: Period | None  # the period before, where it exists
    as_of: date
    revision: int
    known_until: datetime | None
    is_closed: bool
    rows: tuple[ProgressRow, ...]  # by ministry: most overdue first, then by name
    total: ProgressRow
    base_changes: tuple[BaseChange, ...]
    late_corrections: tuple[LateCorrection, ...]
    carried_corrections: tuple[LateCorrection, ...]
    returns: tuple[MissingReturn, ...]  # missing and late
    returns_owed: int
    returns_sent: int
    returns_waiting: int  # not sent, and not due yet
    bottlenecks: tuple[Bottleneck, ...]

    @property
    def is_of_day(self) -> bool:
        """Whether it is of a day that ends no period: never frozen, and no returns are owed for it."""
        return self.period.is_day
