"""Settle items inside a transaction: derive anew when they are enacted and published, and bring the projection forward."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from catalogue.model.enactment import Fact, Need, Standing, Turn, missing, published_turns, turns
from catalogue.store.database import Row, Transaction

# Items: each part is one run of ordered rows, of which a figure reads those of its programme only.
_REPLAYED_AT_ONCE = 500_000


def settle(
    transaction: Transaction,
    item_ids: Iterable[int],
    *,
    claim_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Write the enacted and published facts that follow from the documents of these items, and their projection.

    `claim_id`, `reason`: what the new facts are owed to.
    """
    items = sorted(set(item_ids))
    if not items:
        return
    needs, standings, facts = (
        _needs(transaction, items),
        _standings(transaction, items),
        _facts(transaction, items),
    )
    added: list[Row] = []
    for item_id in items:
        told = facts[item_id]
        assigned = [fact.on for fact in told["assigned"] if fact.holds]
        documents = {need.document_id for need in needs[item_id]}
        known = [standing for one in sorted(documents) for standing in standings[one]]
        enacted = turns(needs[item_id], known, min(assigned)) if assigned else []
        published = published_turns(told["published"], enacted)
        for subject, wanted in (("enacted", enacted), ("published", published)):
            added += [
                _event(transaction, item_id, subject, turn, claim_id, reason)
                for turn in missing(wanted, told[subject])
            ]
    transaction.append("item_event", added)
    project(transaction, items)


def settle_documents(
    transaction: Transaction,
    document_ids: Iterable[int],
    *,
    claim_id: int | None = None,
    reason: str | None = None,
) -> list[int]:
    """Settle every item that needs one of these documents; returns them."""
    frame = transaction.read("enactment/items_needing", documents=sorted(set(document_ids)))
    items = [int(item_id) for item_id in frame["item_id"]]
    settle(transaction, items, claim_id=claim_id, reason=reason)
    return items


def project(transaction: Transaction, item_ids: Iterable[int]) -> None:
    """Bring the projections of items forward after facts about them were written."""
    items = sorted(set(item_ids))
    _replay_periods(transaction, items)
    transaction.write("items/project", items=items, revision=transaction.revision)


def replay(transaction: Transaction, item_ids: Iterable[int]) -> None:
    """Make the projections of items anew after a past was loaded: state and lock follow from the facts alone."""
    items = sorted(set(item_ids))
    _replay_periods(transaction, items)
    transaction.write("items/clear_states", items=items)
    transaction.write("items/replay_states", items=items)


def replay_missing(transaction: Transaction) -> None:
    """Replay the periods of every item that has none: those of a database made before periods were kept."""
    _replay_periods(transaction, transaction.read("items/without_periods")["item_id"].to_list())
    transaction.write("items/regift_states")


def _replay_periods(transaction: Transaction, items: list[int]) -> None:
    transaction.write("items/clear_periods", items=items)
    if len(items) > _REPLAYED_AT_ONCE:
        items = transaction.read("items/by_programme", items=items)["item_id"].to_list()
    for start in range(0, len(items), _REPLAYED_AT_ONCE):
        transaction.write("items/project_periods", items=items[start : start + _REPLAYED_AT_ONCE])


def _needs(transaction: Transaction, items: list[int]) -> dict[int, list[Need]]:
    found: dict[int, list[Need]] = defaultdict(list)
    for row in transaction.read("enactment/needs", items=items, revision=transaction.revision).iter_rows(
        named=True
    ):
        found[row["item_id"]].append(Need(row["document_id"], row["holds"], row["day"], row["place"]))
    return found


def _standings(transaction: Transaction, items: list[int]) -> dict[int, list[Standing]]:
    found: dict[int, list[Standing]] = defaultdict(list)
    for row in transaction.read("enactment/standings", items=items, revision=transaction.revision).iter_rows(
        named=True
    ):
        found[row["document_id"]].append(
            Standing(row["document_id"], row["in_force_on"], row["day"], row["place"])
        )
    return found


def _facts(transaction: Transaction, items: list[int]) -> dict[int, dict[str, list[Fact]]]:
    found: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for row in transaction.read("enactment/facts", items=items, revision=transaction.revision).iter_rows(
        named=True
    ):
        found[row["item_id"]][row["subject"]].append(Fact(row["holds"], row["day"], row["place"]))
    return found


def _event(
    transaction: Transaction, item_id: int, subject: str, turn: Turn, claim_id: int | None, reason: str | None
) -> dict[str, Any]:
    return {
        "event_id": transaction.new_id(),
        "item_id": item_id,
        "subject": subject,
        "holds": turn.holds,
        "effective_date": turn.on,
        "document_id": turn.document_id,
        "claim_id": claim_id,
        "reason": reason,
    }
