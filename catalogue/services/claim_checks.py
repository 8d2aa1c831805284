"""What keeps claims from being drafted, submitted or confirmed, asked for many at once inside a transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.errors import CatalogueError, Invalid, Issue, NotFound
from catalogue.model.claim import Claim, ClaimKind, problems
from catalogue.services.installation import Installation
from catalogue.store.database import Database, Row, Transaction


@dataclass(frozen=True)
class Ground:
    """The items that some claims are about, and the documents these need, as far as recorded."""

    items: Mapping[int, Row]
    needs: frozenset[tuple[int, int]]

    def item(self, item_id: int) -> Row:
        """An item with its projection.

        Raises: NotFound.
        """
        if item_id not in self.items:
            raise NotFound("item_not_found", id=item_id)
        return self.items[item_id]


def ground(
    installation: Installation, transaction: Database | Transaction, item_ids: Iterable[int]
) -> Ground:
    """What the ledger says now about the items of some claims."""
    items = sorted(set(item_ids))
    states = transaction.read("items/states", items=items, working_day=installation.working_date)
    needs = transaction.read("claims/needs", items=items)
    return Ground({row["item_id"]: row for row in states.iter_rows(named=True)}, frozenset(needs.iter_rows()))


def is_never_done(item: Row, kind: ClaimKind) -> bool:
    """Whether a claim is about the end of a standing task, or about its deadline: it has neither."""
    return bool(item["is_standing"]) and kind in (ClaimKind.COMPLETED, ClaimKind.EXTENSION)


def impossible(ground: Ground, item: Row, kind: ClaimKind, document_id: int | None) -> CatalogueError | None:
    """Why this cannot be claimed of the item at all, whatever the claim says; None where it can."""
    if item["assigned_on"] is None:
        return Invalid("item_withdrawn")
    if is_never_done(item, kind):
        return Invalid("item_standing")
    if kind is ClaimKind.ENACTED:
        if item["enacted_on"] is not None:
            return Invalid("item_enacted_already", day=item["enacted_on"])
        needed = document_id is not None and (item["item_id"], document_id) in ground.needs
        return None if needed else Invalid("instrument_not_needed")
    if document_id is not None:
        return Invalid("instrument_not_needed")
    reached = {
        ClaimKind.APPROVED: ("approved_on", "item_approved_already"),
        ClaimKind.PUBLISHED: ("published_on", "item_published_already"),
        ClaimKind.COMPLETED: ("confirmed_on", "item_completed_already"),
        ClaimKind.EXTENSION: ("enacted_on", "item_enacted_already"),
    }
    if kind is ClaimKind.EXTENSION and item["confirmed_on"] is not None:
        return Invalid("item_completed_already", day=item["confirmed_on"])
    if kind in reached:
        column, code = reached[kind]
        if item[column] is not None:
            return Invalid(code, day=item[column])
    if kind in (ClaimKind.PUBLISHED, ClaimKind.DIFFERENCE) and item["enacted_on"] is None:
        return Invalid("item_not_enacted")
    stage = {ClaimKind.APPROVED: "approved", ClaimKind.COMPLETED: "confirmed"}.get(kind)
    if stage and stage not in json.loads(item["stages"]):
        return Invalid("stage_not_applicable")
    return None


def refusal(ground: Ground, item: Row, claim: Claim) -> CatalogueError | None:
    """Why a claim that is written cannot be sent any more.

    Whether an instrument was issued, the document itself says: one claim serves every item that needs it.
    """
    if claim.kind is ClaimKind.ENACTED:
        return None
    return impossible(ground, item, claim.kind, claim.document_id)


def refused(error: CatalogueError, row: int | None = None) -> Issue:
    """A refusal as an issue of one claim among many."""
    day = error.details.get("day")
    return Issue(error.code, row=row, column="kind", value=day and day.isoformat())


def missing(
    installation: Installation, item: Row, kind: ClaimKind, content: Mapping[str, Any], files: int
) -> tuple[Issue, ...]:
    """What keeps a claim of this content, with so many files, from being submitted."""
    return problems(
        kind,
        content,
        evidence=files,
        working_date=installation.working_date,
        current_deadline=item["current_deadline"],
        not_before={
            ClaimKind.APPROVED: item["first_assigned_on"],
            ClaimKind.ENACTED: item["first_assigned_on"],
            ClaimKind.PUBLISHED: item["enacted_on"],
            ClaimKind.COMPLETED: item["first_assigned_on"],
            ClaimKind.EXTENSION: item["deadline_since"],
        }.get(kind),
    )


def incomplete(
    installation: Installation,
    transaction: Database | Transaction,
    ground: Ground,
    claims: Sequence[tuple[Claim, Mapping[str, Any]]],
) -> dict[int, tuple[Issue, ...]]:
    """By claim, what is missing or cannot be; claims that may be submitted are left out.

    Raises: Invalid when the item does not allow what a single claim says; of several, each that is kept out is named.
    """
    ids = [claim.claim_id for claim, _ in claims]
    files = dict(transaction.read("claims/evidence_counts", claims=ids).iter_rows())
    found: dict[int, tuple[Issue, ...]] = {}
    for claim, content in claims:
        item = ground.item(claim.item_id)
        kept_out = refusal(ground, item, claim)
        if kept_out is not None and len(claims) == 1:
            raise kept_out
        if kept_out is not None:
            found[claim.claim_id] = (refused(kept_out),)
            continue
        issues = missing(installation, item, claim.kind, content, files.get(claim.claim_id, 0))
        if issues:
            found[claim.claim_id] = issues
    return found
