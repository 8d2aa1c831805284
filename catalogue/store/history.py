"""Load a past: many revisions with their own recording times, hashed one by one and written in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalogue.store import chain
from catalogue.store.database import Transaction


@dataclass(frozen=True)
class PastRevision:
    """One transaction of the past: its facts by ledger table, each row without `revision`."""

    recorded_at: datetime
    command: str
    facts: Mapping[str, Sequence[Mapping[str, Any]]]
    actor_id: int | None = None


def load(transaction: Transaction, past: Iterable[PastRevision]) -> int:
    """Write revisions oldest first inside one unrecorded transaction; returns the last revision.

    Rows keep the ids they bring. Raises: Conflict when a row is there already; ValueError when times run backwards.
    """
    last = transaction.row("revision/last")
    assert last is not None
    revision: int = last["revision"]
    previous: str = last["hash"]
    latest: datetime | None = last["recorded_at"]
    revisions: list[dict[str, Any]] = []
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for step in past:
        if latest is not None and step.recorded_at < latest:
            raise ValueError(f"{step.command}: recorded before the revision it follows")
        revision, latest = revision + 1, step.recorded_at
        hashed: dict[str, list[str]] = {}
        for table, facts in step.facts.items():
            names = transaction.column_names(table)
            whole = [{name: fact.get(name) for name in names} | {"revision": revision} for fact in facts]
            hashed[table] = [chain.fact(table, row) for row in whole]
            rows.setdefault(table, []).extend(whole)
        own = {
            "revision": revision,
            "recorded_at": step.recorded_at,
            "actor_id": step.actor_id,
            "command": step.command,
        }
        digest = chain.link(previous, own, hashed)
        revisions.append({**own, "previous_hash": previous, "hash": digest})
        previous = digest
    for table, facts in rows.items():
        transaction.insert(table, facts)
    transaction.insert("revision", revisions)
    return revision
