"""The claim: what a ministry reports, what it needs, who may do what with it, and what a confirmation makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from catalogue.errors import InvalidTransition, Issue
from catalogue.model.actor import Actor, Right


class ClaimKind(StrEnum):
    """What is claimed of an item."""

    APPROVED = "approved"  # the plan was approved by a document of its own
    ENACTED = "enacted"  # an instrument it needs was issued and is, or will be, in force
    PUBLISHED = "published"  # a publication decision names the procedure
    COMPLETED = "completed"  # a task that needs no instrument was carried out
    EXTENSION = "extension"  # a later deadline is asked for, with the document that allows it
    OBSTACLE = "obstacle"  # when, cut or not, why not, stuck where
    DIFFERENCE = "difference"  # why the catalogue's record shows something else than was promised


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    REFUSED = "refused"  # an extension that was not granted
    DROPPED = "dropped"


class Action(StrEnum):
    """What a person does to a claim."""

    EDIT = "edit"
    SUBMIT = "submit"
    RECALL = "recall"
    RETURN = "return"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    DROP = "drop"


_NEXT: dict[tuple[ClaimState, Action], ClaimState] = {
    (ClaimState.DRAFT, Action.EDIT): ClaimState.DRAFT,
    (ClaimState.DRAFT, Action.SUBMIT): ClaimState.SUBMITTED,
    (ClaimState.DRAFT, Action.DROP): ClaimState.DROPPED,
    (ClaimState.RETURNED, Action.EDIT): ClaimState.DRAFT,
    (ClaimState.RETURNED, Action.SUBMIT): ClaimState.SUBMITTED,
    (ClaimState.RETURNED, Action.DROP): ClaimState.DROPPED,
    (ClaimState.SUBMITTED, Action.RECALL): ClaimState.DRAFT,
    (ClaimState.SUBMITTED, Action.RETURN): ClaimState.RETURNED,
    (ClaimState.SUBMITTED, Action.CONFIRM): ClaimState.CONFIRMED,
    (ClaimState.SUBMITTED, Action.REFUSE): ClaimState.REFUSED,
}
DECISIONS = frozenset({Action.RETURN, Action.CONFIRM, Action.REFUSE})
DATES = frozenset({"issued_on", "in_force_on", "new_deadline", "expected_on", "done_on"})
_FIELDS: dict[ClaimKind, tuple[str, ...]] = {
    ClaimKind.APPROVED: ("number", "issued_on", "note"),
    ClaimKind.ENACTED: ("number", "issued_on", "in_force_on", "note"),
    ClaimKind.PUBLISHED: ("number", "issued_on", "note"),
    ClaimKind.COMPLETED: ("done_on", "number", "issued_on", "note"),
    ClaimKind.EXTENSION: ("new_deadline", "number", "issued_on", "reason"),
    ClaimKind.OBSTACLE: ("expected_on", "decision", "reason", "stuck_at"),
    ClaimKind.DIFFERENCE: ("explanation",),
}
_OPTIONAL: dict[ClaimKind, frozenset[str]] = {
    ClaimKind.COMPLETED: frozenset({"number", "issued_on", "note"}),
}
_ALWAYS_OPTIONAL = frozenset({"note"})
_WITHOUT_EVIDENCE = frozenset({ClaimKind.OBSTACLE, ClaimKind.DIFFERENCE})
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Claim:
    """A claim as it stands; `revision` is its optimistic lock.

    `agency_code`: for which agency it was written at the time; `answering_agency`: the one that answers for its item
    now, and so goes on with it.
    """

    claim_id: int
    kind: ClaimKind
    item_id: int
    document_id: int | None
    agency_code: str
    answering_agency: str
    state: ClaimState
    content: Mapping[str, Any]
    revision: int


def next_state(kind: ClaimKind, state: ClaimState, action: Action) -> ClaimState:
    """The state an action leads to.

    Raises: InvalidTransition when the state does not allow it, or the kind (only an extension can be refused).
    """
    if (state, action) not in _NEXT or not _fits(kind, action):
        raise InvalidTransition(state=state.value, action=action.value)
    return _NEXT[state, action]


def _fits(kind: ClaimKind, action: Action) -> bool:
    return action is not Action.REFUSE or kind is ClaimKind.EXTENSION


def right_for(action: Action) -> Right:
    """The right an action needs: deciding belongs to the Government Office, the rest to the agency that answers for the item."""
    return Right.DECIDE_CLAIMS if action in DECISIONS else Right.WRITE_CLAIMS


def allowed(claim: Claim, actor: Actor) -> frozenset[Action]:
    """What this person may do with this claim now."""
    return frozenset(
        action
        for (state, action) in _NEXT
        if state is claim.state
        and _fits(claim.kind, action)
        and actor.has(right_for(action), claim.answering_agency)
    )


def may_read(actor: Actor, state: str, answering_agency: str) -> bool:
    """Whether a signed-in person may read a claim: what is not sent, or was dropped, is the answering agency's affair."""
    unsent = state in (ClaimState.DRAFT, ClaimState.DROPPED)
    return actor.has(Right.READ_CLAIMS) and (not unsent or actor.agency_code == answering_agency)


def fields(kind: ClaimKind) -> tuple[str, ...]:
    """The fields of a claim's content, in the order of the form."""
    return _FIELDS[kind]


def needs_evidence(kind: ClaimKind) -> bool:
    """Whether the claim must bring a file before it can be submitted."""
    return kind not in _WITHOUT_EVIDENCE


def is_optional(kind: ClaimKind, field: str) -> bool:
    """Whether a field may stay empty in a claim that is submitted."""
    return field in _ALWAYS_OPTIONAL or field in _OPTIONAL.get(kind, frozenset())


def content_of(kind: ClaimKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a claim as it is stored: known fields only, dates as ISO text, empty text as None."""
    content: dict[str, Any] = {}
    for field in _FIELDS[kind]:
        value = values.get(field)
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, str):
            value = value.strip() or None
        content[field] = value
    return content


def day(content: Mapping[str, Any], field: str) -> date | None:
    """A date of the content; None where it is empty or no date."""
    try:
        return date.fromisoformat(content[field]) if content.get(field) else None
    except ValueError:
        return None


def problems(
    kind: ClaimKind,
    content: Mapping[str, Any],
    *,
    evidence: int,
    working_date: date,
    current_deadline: date | None = None,
    not_before: date | None = None,
) -> tuple[Issue, ...]:
    """What keeps a claim from being submitted: missing fields or files, dates that cannot be.

    `not_before`: the day of the item's step before the claimed one; its document cannot be older.
    """
    found: list[Issue] = []
    for field in _FIELDS[kind]:
        value = content.get(field)
        if value is None and not is_optional(kind, field):
            found.append(Issue("field_missing", column=field))
        elif isinstance(value, str) and len(value) > LONGEST_TEXT:
            found.append(Issue("text_too_long", column=field, value=str(len(value))))
        elif value is not None and field in DATES and day(content, field) is None:
            found.append(Issue("not_a_date", column=field, value=str(value)[:40]))
    issued_on, in_force_on = day(content, "issued_on"), day(content, "in_force_on")
    for field in ("issued_on", "done_on"):
        told = day(content, field)
        if told and told > working_date:
            found.append(Issue("date_in_future", column=field, value=told.isoformat()))
        if told and not_before and told < not_before:
            found.append(Issue("date_too_early", column=field, value=not_before.isoformat()))
    if issued_on and in_force_on and in_force_on < issued_on:
        found.append(Issue("in_force_before_issue", column="in_force_on", value=in_force_on.isoformat()))
    new_deadline = day(content, "new_deadline")
    if new_deadline and current_deadline and new_deadline <= current_deadline:
        found.append(Issue("deadline_not_later", column="new_deadline", value=new_deadline.isoformat()))
    if needs_evidence(kind) and evidence == 0:
        found.append(Issue("evidence_missing", column="evidence"))
    return tuple(found)
