"""Collects facts under the instant at which each was recorded, and hands them out as past revisions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from catalogue.store.history import PastRevision

_Key = tuple[datetime, str, int | None]
_EVENTS = ("document_event", "item_event", "claim_event")


class Ledger:
    """Facts by revision; rows that nothing refers to get their ids in the order of recording."""

    def __init__(self) -> None:
        self._facts: dict[_Key, dict[str, list[dict[str, Any]]]] = {}

    def add(self, at: datetime, command: str, actor_id: int | None, table: str, row: Mapping[str, Any]) -> None:
        """Record one fact in the revision of this instant, command and person."""
        self._facts.setdefault((at, command, actor_id), {}).setdefault(table, []).append(dict(row))

    def past(self) -> list[PastRevision]:
        """Every revision, oldest first."""
        counters = dict.fromkeys(_EVENTS, 0)
        revisions: list[PastRevision] = []
        for at, command, actor_id in sorted(self._facts, key=lambda key: key[0]):
            facts = self._facts[at, command, actor_id]
            for table in _EVENTS:
                for row in facts.get(table, ()):
                    counters[table] += 1
                    row["event_id"] = counters[table]
            revisions.append(PastRevision(at, command, facts, actor_id))
        return revisions
