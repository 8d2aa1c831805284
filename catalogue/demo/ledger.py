"""Collects facts under the instant at which each was recorded, and hands them out as past revisions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from catalogue.store.history import PastRevision

_EVENTS = ("document_event", "item_event", "claim_event")


class Revision:
    """The facts of one instant, command and person."""

    def __init__(self) -> None:
        self.facts: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, row: dict[str, Any]) -> None:
        """Record one fact."""
        self.facts.setdefault(table, []).append(row)


class Ledger:
    """Facts by revision; rows that nothing refers to get their ids in the order of recording."""

    def __init__(self) -> None:
        self._revisions: dict[tuple[datetime, str, int | None], Revision] = {}

    def at(self, instant: datetime, command: str, actor_id: int | None = None) -> Revision:
        """The revision of this instant, command and person."""
        return self._revisions.setdefault((instant, command, actor_id), Revision())

    def facts(self, table: str) -> Iterator[tuple[datetime, dict[str, Any]]]:
        """What is recorded in a table so far, each row with its instant."""
        for (instant, _, _), revision in self._revisions.items():
            for row in revision.facts.get(table, ()):
                yield instant, row

    def past(self) -> list[PastRevision]:
        """Every revision, oldest first."""
        counters = dict.fromkeys(_EVENTS, 0)
        past: list[PastRevision] = []
        for instant, command, actor_id in sorted(self._revisions, key=lambda key: key[0]):
            facts = self._revisions[instant, command, actor_id].facts
            for table in _EVENTS:
                for row in facts.get(table, ()):
                    counters[table] += 1
                    row["event_id"] = counters[table]
            past.append(PastRevision(instant, command, facts, actor_id))
        return past
