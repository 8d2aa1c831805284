"""When an item is enacted: on every day on which each document it needs is in force (architecture.md, idea 3).

The answer may turn more than once: a document added to the plan later reopens the item until that one is in force too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar


@dataclass(frozen=True)
class Need:
    """From a day on, an item needs (or no longer needs) a document; of two on one day the higher `place` wins."""

    document_id: int
    holds: bool
    on: date
    place: int


@dataclass(frozen=True)
class Standing:
    """What is recorded of a document from a day on; `in_force_on` is None while it is not issued."""

    document_id: int
    in_force_on: date | None
    on: date
    place: int


@dataclass(frozen=True)
class Fact:
    """A recorded fact of a stage."""

    holds: bool
    on: date
    place: int


@dataclass(frozen=True)
class Turn:
    """From this day on a stage holds or not; `document_id`: the document that came into force last."""

    on: date
    holds: bool
    document_id: int | None = None


def turns(needs: Sequence[Need], standings: Sequence[Standing], assigned_on: date) -> list[Turn]:
    """The days on which "every needed document is in force" turns, never before the assignment, oldest first."""
    days = {assigned_on, *(need.on for need in needs), *(one.on for one in standings)}
    days |= {one.in_force_on for one in standings if one.in_force_on}
    found: list[Turn] = []
    for day in sorted(day for day in days if day >= assigned_on):
        needed = {need.document_id for need in _on(day, needs) if need.holds}
        in_force = {
            one.document_id: one.in_force_on
            for one in _on(day, standings)
            if one.in_force_on and one.in_force_on <= day
        }
        holds = bool(needed) and needed <= in_force.keys()
        if holds != (bool(found) and found[-1].holds):
            last = max(needed, key=lambda one: (in_force[one], one)) if holds else None
            found.append(Turn(day, holds, last))
    return found


_Of = TypeVar("_Of", Need, Standing)


def _on(day: date, facts: Sequence[_Of]) -> Iterable[_Of]:
    latest: dict[int, _Of] = {}
    for fact in facts:
        known = latest.get(fact.document_id)
        if fact.on <= day and (known is None or (fact.on, fact.place) > (known.on, known.place)):
            latest[fact.document_id] = fact
    return latest.values()


def missing(wanted: Sequence[Turn], recorded: Sequence[Fact]) -> list[Turn]:
    """The facts that must be added, so that what is recorded turns on the days on which it has to."""
    told: dict[date, Fact] = {}
    for fact in recorded:
        known = told.get(fact.on)
        if known is None or fact.place > known.place:
            told[fact.on] = fact
    by_day = {turn.on: turn for turn in wanted}
    added: list[Turn] = []
    holds, current = False, Turn(date.min, False)
    for day in sorted(told.keys() | by_day.keys()):
        current = by_day.get(day, current)
        said = told[day].holds if day in told else holds
        if said != current.holds:
            added.append(Turn(day, current.holds, current.document_id))
        holds = current.holds
    return added


def published_turns(recorded: Sequence[Fact], enacted: Sequence[Turn]) -> list[Turn]:
    """When a published item still counts as published: until it is reopened, and not before it is enacted.

    What was lost comes back by a new publication only.
    """
    at_day = {fact.on: fact.holds for fact in sorted(recorded, key=lambda fact: fact.place)}
    turned = {turn.on: turn.holds for turn in enacted}
    found: list[Turn] = []
    published = is_enacted = False
    for day in sorted(at_day.keys() | turned.keys()):
        is_enacted = turned.get(day, is_enacted)
        published = at_day.get(day, published) and is_enacted
        if published != (bool(found) and found[-1].holds):
            found.append(Turn(day, published))
    return found
