"""The story of one item, newest first: confirmed facts, what was done to its claims, adjustments, changes of its documents."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from catalogue.model import instrument
from catalogue.model.actor import Actor, Right
from catalogue.model.instrument import Step
from catalogue.model.period import Moment
from catalogue.services.installation import Installation
from catalogue.services.transfers import transfer_from
from catalogue.store.database import Row
from catalogue.working_days import civil_day


class Sort(StrEnum):
    """What an entry tells of."""

    FACT = "fact"  # a confirmed fact: assigned, approved, enacted, published, confirmed, a deadline
    CLAIM = "claim"  # a step of a claim
    ADJUSTMENT = "adjustment"  # the plan was changed by a document or for a reason
    TRANSFER = "transfer"  # who is to decide was changed by a document or for a reason
    NEED = "need"  # a document was named, or struck, later than the assignment
    INSTRUMENT = "instrument"  # the plan of a document that the item needs was changed, or it was issued


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `told`: what its sentence is made of. `recorded_at` differs from `on` for late reports."""

    sort: Sort
    on: date
    recorded_at: datetime
    told: Mapping[str, Any]
    person: str | None = None

    @property
    def is_recorded_later(self) -> bool:
        return civil_day(self.recorded_at) != self.on


def of_item(installation: Installation, actor: Actor, moment: Moment, item_id: int) -> list[Entry]:
    """The story of an item as known at a moment. Claims, reasons and people's names are for signed-in people."""
    asked: dict[str, Any] = {"item_id": item_id, "as_of": moment.as_of, "revision": moment.revision}
    is_reader = actor.has(Right.READ_CLAIMS)

    known = installation.database.known
    entries = [_fact(row) for row in known("items/story", **asked).to_dicts()]
    entries += [_adjustment(row) for row in known("items/story_adjustments", **asked).to_dicts()]
    entries += [_transfer(row) for row in known("items/story_transfers", **asked).to_dicts()]
    needs = known("items/story_needs", **asked).to_dicts()
    entries += [_need(row) for row in needs if row["is_told"]]
    for document_id in sorted({row["document_id"] for row in needs}):
        events = known("instruments/history", document_id=document_id, revision=moment.revision).to_dicts()
        entries += _instrument(instrument.story(events))
    if is_reader:
        told = installation.database.read(
            "items/story_claims",
            reader_agency=actor.agency_code or "",
            working_day=installation.working_date,
            **asked,
        )
        entries += [_claim(row) for row in told.to_dicts()]
    else:
        entries = [_without_reason(entry) for entry in entries]
    return _newest_first(entries)


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    key: Callable[[Entry], tuple[date, datetime]] = lambda entry: (entry.on, entry.recorded_at)  # noqa: E731
    return sorted(entries, key=key, reverse=True)


def _fact(row: Row) -> Entry:
    told = {
        name: row[name]
        for name in (
            "subject",
            "holds",
            "deadline",
            "previous_deadline",
            "document_number",
            "document_date",
            "document_title",
            "reason",
            "is_return",
        )
    }
    is_turn = row["subject"] == "assigned" and (row["is_return"] or not row["holds"])
    person = row["actor_name"] if is_turn else None
    return Entry(Sort.FACT, row["effective_date"], row["recorded_at"], told, person)


def _adjustment(row: Row) -> Entry:
    told = {
        name: row[name]
        for name in (
            "document_number", "document_date", "reason",
            "measures_dropped", "measures_added", "documents_dropped", "documents_added",
        )
    }  # fmt: skip
    return Entry(Sort.ADJUSTMENT, row["effective_date"], row["recorded_at"], told, row["actor_name"])


def _transfer(row: Row) -> Entry:
    told = {name: row[name] for name in ("document_number", "document_date", "reason")}
    told |= {side: transfer_from(row[side]) for side in ("before", "after")}
    return Entry(Sort.TRANSFER, row["effective_date"], row["recorded_at"], told, row["actor_name"])


def _need(row: Row) -> Entry:
    told = {"holds": row["holds"], "document_title": row["document_title"]}
    return Entry(Sort.NEED, row["effective_date"], row["recorded_at"], told)


def _claim(row: Row) -> Entry:
    told = {
        "action": row["action"],
        "kind": row["kind"],
        "agency": row["agency_name"],
        "comment": row["comment"],
        "document_title": row["document_title"],
        "content": json.loads(row["content"]),
    }
    return Entry(Sort.CLAIM, civil_day(row["recorded_at"]), row["recorded_at"], told, row["actor_name"])


def _instrument(steps: Iterable[Step]) -> list[Entry]:
    """What a step changed of a document's plan; the issue itself carries its number and days."""
    return [
        Entry(
            Sort.INSTRUMENT,
            step.recorded["effective_date"],
            step.recorded["recorded_at"],
            {
                "document_title": step.recorded["title"],
                "changed": dict(step.changed),
                "is_first": step.is_first,
                "reason": step.recorded["reason"],
                "number": step.recorded["number"],
                "issued_on": step.recorded["issued_on"],
                "in_force_on": step.recorded["in_force_on"],
                "planned_issue_on": step.recorded["planned_issue_on"],
            },
            step.recorded["actor_name"],
        )
        for step in steps
        if step.changed
    ]


def _without_reason(entry: Entry) -> Entry:
    told = {name: value for name, value in entry.told.items() if name != "reason"} | {"reason": None}
    return Entry(entry.sort, entry.on, entry.recorded_at, told)
