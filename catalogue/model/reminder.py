"""What an agency is reminded of: items that are late or soon due, claims and returns it owes, questions it left open."""

from dataclasses import dataclass
from datetime import date, datetime

QUESTIONS_WITHIN = 92  # days for which an answer to the four questions counts


@dataclass(frozen=True)
class OpenItem:
    """An item that is not done. `documents`: titles of those still missing; `days_late` is negative before the day."""

    item_id: int
    programme_code: str
    programme_name: str
    procedure_code: str | None
    title: str
    deadline: date | None
    days_late: int | None
    is_overdue: bool
    is_due_soon: bool
    is_unanswered: bool  # stalled: when, cut or not, why not, stuck where
    documents: str | None


@dataclass(frozen=True)
class ReturnedClaim:
    """A claim that was returned and not sent again."""

    claim_id: int
    kind: str
    item_id: int
    title: str
    procedure_code: str | None
    returned_at: datetime
    comment: str | None


@dataclass(frozen=True)
class Reminder:
    """Everything one agency is to be reminded of on a day."""

    agency_code: str
    agency_name: str
    agency_short_name: str
    items: tuple[OpenItem, ...]
    returned: tuple[ReturnedClaim, ...]
    missing_period: str | None  # the name of the last period whose return is due and was not sent

    @property
    def overdue(self) -> int:
        return sum(item.is_overdue for item in self.items)

    @property
    def due_soon(self) -> int:
        return sum(item.is_due_soon for item in self.items)

    @property
    def unanswered(self) -> int:
        return sum(item.is_unanswered for item in self.items)

    @property
    def longest(self) -> int:
        """Days by which the latest item is late; 0 where none is."""
        return max((item.days_late or 0 for item in self.items if item.is_overdue), default=0)

    @property
    def is_late(self) -> bool:
        """Whether the agency owes anything; what is due soon is no delay."""
        return bool(self.overdue or self.unanswered or self.returned or self.missing_period)
