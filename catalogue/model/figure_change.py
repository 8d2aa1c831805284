"""Why one figure differs between two revisions: what it counts, member by member, and what was recorded about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from catalogue.model.figure import Figure


@dataclass(frozen=True)
class LaterFact:
    """A fact recorded between the two revisions; `subject`: a stage, deadline, version, document or lines."""

    subject: str
    holds: bool
    effective_date: date
    deadline: date | None
    previous_deadline: date | None
    is_return: bool
    reason: str | None
    claim_id: int | None
    document_id: int | None
    document_number: str | None
    document_date: date | None
    document_title: str | None
    recorded_at: datetime
    recorded_by: str | None


@dataclass(frozen=True)
class MemberChange:
    """An item, procedure, decision or agency that counts otherwise: by how much above and below the line.

    `items`: of an agency, the items that made the difference.
    """

    unit: str
    member: str
    name: str
    code: str | None
    agency: str | None
    numerator: int
    denominator: int
    facts: tuple[LaterFact, ...] = ()
    items: tuple["MemberChange", ...] = ()

    @property
    def is_explained(self) -> bool:
        """Whether something recorded later says why."""
        return bool(self.facts) or any(item.facts for item in self.items)


@dataclass(frozen=True)
class Difference:
    """One figure of one day by what was known at two revisions, and what makes the difference."""

    before: Figure
    after: Figure
    changes: tuple[MemberChange, ...]

    @property
    def numerator(self) -> int:
        return self.after.numerator - self.before.numerator

    @property
    def denominator(self) -> int:
        return (self.after.denominator or 0) - (self.before.denominator or 0)

    @property
    def adds_up(self) -> bool:
        """Whether the changes are exactly the difference, each with what was recorded."""
        return (
            sum(one.numerator for one in self.changes) == self.numerator
            and sum(one.denominator for one in self.changes) == self.denominator
            and all(one.is_explained for one in self.changes)
        )

    def __iter__(self) -> Iterator[MemberChange]:
        return iter(self.changes)
