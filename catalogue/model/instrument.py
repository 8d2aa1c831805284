"""The instrument: a document that items need. Where it stands, which changes of its plan ask for a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from catalogue.errors import Issue

TYPES = ("law", "ordinance", "decree", "resolution", "decision", "circular", "directive", "other")
_LONGEST_TITLE, _LONGEST_REASON = 500, 4000


class State(StrEnum):
    """What is recorded of an instrument. It becomes `issued` by a confirmed claim only."""

    PLANNED = "planned"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    ISSUED = "issued"


class Standing(StrEnum):
    """Where an instrument stands on a day: what is recorded of it, and whether its day of force has come."""

    PLANNED = "planned"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    ISSUED = "issued"
    IN_FORCE = "in_force"


class Timing(StrEnum):
    """The planned day of issue of an unissued instrument, seen from a day."""

    PASSED = "passed"
    SOON = "soon"  # within 30 days
    LATER = "later"
    NONE = "none"


UNISSUED = (State.PLANNED, State.DRAFTING, State.SUBMITTED)


@dataclass(frozen=True)
class Plan:
    """What may be changed of an instrument before it is issued."""

    state: State
    title: str
    drafting_agency: str | None
    planned_issue_on: date | None


@dataclass(frozen=True)
class Issuance:
    """The number and the days of an issued instrument."""

    number: str
    issued_on: date
    in_force_on: date


def problems(before: Plan, after: Plan, reason: str | None, working_date: date) -> tuple[Issue, ...]:
    """What keeps a change of plan from being saved; `reason` may stay empty where nothing slips."""
    found: list[Issue] = []
    if after.state not in UNISSUED:
        found.append(Issue("instrument_issued_by_claim", column="state"))
    if not after.title.strip():
        found.append(Issue("instrument_title_missing", column="title"))
    elif len(after.title) > _LONGEST_TITLE:
        found.append(Issue("instrument_title_too_long", column="title", value=str(len(after.title))))
    if before.drafting_agency is not None and after.drafting_agency is None:
        found.append(Issue("instrument_agency_missing", column="drafting_agency"))
    day = after.planned_issue_on
    if day is not None and day != before.planned_issue_on and day < working_date:
        found.append(Issue("planned_date_passed", column="planned_issue_on", value=day.isoformat()))
    if not (reason or "").strip():
        found += [Issue(f"reason_for_{slip}", column="reason") for slip in slips(before, after)]
    elif len(reason or "") > _LONGEST_REASON:
        found.append(Issue("text_too_long", column="reason", value=str(len(reason or ""))))
    return tuple(found)


def slips(before: Plan, after: Plan) -> tuple[str, ...]:
    """The changes that ask for a reason: a step back, a later day or none any more, another drafting agency."""
    found = []
    if after.state in UNISSUED and list(State).index(after.state) < list(State).index(before.state):
        found.append("step_back")
    if before.planned_issue_on is not None:
        if after.planned_issue_on is None:
            found.append("no_date")
        elif after.planned_issue_on > before.planned_issue_on:
            found.append("later_date")
    if (
        None not in (before.drafting_agency, after.drafting_agency)
        and after.drafting_agency != before.drafting_agency
    ):
        found.append("hand_over")
    return tuple(found)


def issuance_problems(issuance: Issuance, working_date: date) -> tuple[Issue, ...]:
    """What keeps the number and days of an issued instrument from being recorded."""
    found = []
    if not issuance.number.strip():
        found.append(Issue("field_missing", column="number"))
    if issuance.issued_on > working_date:
        found.append(Issue("date_in_future", column="issued_on", value=issuance.issued_on.isoformat()))
    if issuance.in_force_on < issuance.issued_on:
        found.append(
            Issue("in_force_before_issue", column="in_force_on", value=issuance.in_force_on.isoformat())
        )
    return tuple(found)


_TOLD = ("state", "title", "drafting_agency", "planned_issue_on", "number", "issued_on", "in_force_on")


@dataclass(frozen=True)
class Step:
    """What one revision changed of an instrument: field -> (before, after)."""

    recorded: Mapping[str, Any]  # revision, recorded_at, effective_date, command, actor_name, reason
    changed: Mapping[str, tuple[Any, Any]]
    is_first: bool


def story(events: Sequence[Mapping[str, Any]]) -> list[Step]:
    """Events in the order of their recording as steps, one a revision.

    A revision that tells the same of several days counts by its last day.
    """
    steps: list[Step] = []
    before: Mapping[str, Any] = {}
    for revision in sorted({event["revision"] for event in events}):
        of_one = [event for event in events if event["revision"] == revision]
        last = max(of_one, key=lambda event: (event["effective_date"], event["event_id"]))
        changed = {name: (before.get(name), last[name]) for name in _TOLD if before.get(name) != last[name]}
        steps.append(Step(last, changed, not before))
        before = last
    return steps


def moves(steps: Sequence[Step]) -> tuple[int, int]:
    """How often the planned day of issue was put off, and by how many days in all."""
    days = [
        (after - before).days
        for step in steps
        for before, after in [step.changed.get("planned_issue_on", (None, None))]
        if before is not None and after is not None and after > before
    ]
    return len(days), sum(days)
