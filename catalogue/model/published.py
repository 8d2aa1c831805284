"""A published figure as one thing, whether reference data tell it or the Office froze it in the ledger."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from catalogue.errors import Forbidden, InvalidTransition
from catalogue.model.figure import Relation, relation, share


class State(StrEnum):
    """How far a figure is; `REFERENCE`: others printed it, and reference data say so."""

    REFERENCE = "reference"
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"  # a later one took its place
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"  # never published


class Step(StrEnum):
    """What a person does with a figure that the Office publishes."""

    DRAFT = "draft"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    DROP = "drop"


_AFTER = {
    (State.DRAFT, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.PUBLISH): State.PUBLISHED,
    (State.DRAFT, Step.DROP): State.DROPPED,
    (State.APPROVED, Step.DROP): State.DROPPED,
    (State.PUBLISHED, Step.WITHDRAW): State.WITHDRAWN,
}
NEEDS_COMMENT = frozenset({Step.DROP, Step.WITHDRAW})
TOLD = frozenset(
    {State.REFERENCE, State.PUBLISHED, State.CORRECTED, State.WITHDRAWN}
)  # anybody may read them


@dataclass(frozen=True)
class SnapshotEvent:
    """One step, by whom and when."""

    step: Step
    happened_on: date
    comment: str | None
    actor_id: int
    actor_name: str
    recorded_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """What the ledger said when a figure was drafted, and what was done with it since."""

    snapshot_id: int
    revision: int  # the last one that the frozen numbers count
    numerator: int
    denominator: int | None
    report: str | None
    place: str
    page: str | None
    corrects: str | None
    corrected_by: str | None
    events: tuple[SnapshotEvent, ...]

    @property
    def drafter_id(self) -> int:
        return self.events[0].actor_id


@dataclass(frozen=True)
class Published:
    """A figure as it was printed. `as_of`, `known_at`: None where no source says; numbers are those printed."""

    id: str
    kind: str
    area: str
    label_vi: str
    label_en: str
    source_vi: str
    source_en: str
    state: State = State.REFERENCE
    measure: str | None = None  # the measure that computes it from the ledger
    comparator: str = "eq"
    value: int | None = None
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    denominator_basis: str | None = None
    printed_percent: Decimal | None = None
    of_target: Decimal | None = None
    complement_of: str | None = None
    series: str | None = None
    phase: str | None = None
    unit: str | None = None
    period_from: date | None = None
    as_of: date | None = None
    as_of_basis: str | None = None
    as_of_precision: str | None = None
    known_at: date | None = None
    known_at_basis: str | None = None
    printed: str | None = None
    reported_by: str | None = None
    publication: str | None = None
    note: str | None = None
    snapshot: Snapshot | None = field(default=None, repr=False)

    def label(self, language: str) -> str:
        return self.label_vi if language == "vi" else self.label_en

    def source(self, language: str) -> str:
        return self.source_vi if language == "vi" else self.source_en

    @property
    def told(self) -> int | Decimal | None:
        """The number that is counted: the numerator of a share, the value of a count."""
        return self.numerator if self.numerator is not None else self.value

    @property
    def percent(self) -> Decimal | None:
        """What its own numbers say, half-up to four decimals."""
        if self.numerator is None or not self.denominator:
            return None
        return share(self.numerator, self.denominator)

    @property
    def own_relation(self) -> Relation | None:
        """How the printed percentage relates to the printed numbers; None for anything but a share."""
        if self.kind != "share":
            return None
        return relation(self.printed_percent, self.numerator, self.denominator, self.of_target)


def after(state: State, step: Step, actor_id: int, drafter_id: int) -> State:
    """The state after a step.

    Raises: InvalidTransition where the state does not allow it; Forbidden where the drafter would approve.
    """
    if (state, step) not in _AFTER:
        raise InvalidTransition("figure_step", state=state.value, step=step.value)
    if step is Step.APPROVE and actor_id == drafter_id:
        raise Forbidden("figure_same_person")
    return _AFTER[state, step]


def steps(state: State, actor_id: int | None, drafter_id: int) -> list[Step]:
    """The steps that a person who may publish figures may take now."""
    return [
        step
        for (before, step) in _AFTER
        if before is state and not (step is Step.APPROVE and actor_id == drafter_id)
    ]
