"""Claims: a ministry drafts and submits, a reviewer returns or confirms; only a confirmed claim becomes an event."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import Invalid, Issue, NotFound, StaleVersion
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import (
    Action,
    Claim,
    ClaimKind,
    ClaimState,
    content_of,
    next_state,
    problems,
    right_for,
)
from catalogue.model.figure import Figure
from catalogue.services import confirmation, evidence, figures
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction

File = tuple[str, bytes]


@dataclass(frozen=True)
class Preview:
    """What confirming a claim will move: items by id, and the programme's figure before and after."""

    released: pl.DataFrame
    before: Figure | None
    after: int | None
    issued_already: str | None = None  # the number under which the claimed instrument was confirmed before


def draft(
    installation: Installation,
    actor: Actor,
    item_id: int,
    kind: ClaimKind,
    values: Mapping[str, Any],
    *,
    item_revision: int,
    document_id: int | None = None,
    files: Sequence[File] = (),
    submit: bool = False,
) -> int:
    """Write a new claim about an item, and submit it at once if asked to; returns its id.

    Raises: NotSignedIn, Forbidden (another agency's item), StaleVersion (the item was changed since it was read),
    Invalid (with issues) when it is submitted incomplete or the item does not allow it.
    """
    with installation.database.transaction("claim.draft", actor.actor_id) as transaction:
        item = _item(transaction, item_id)
        author_id = actor.require(Right.WRITE_CLAIMS, item["lead_agency"])
        _refuse_impossible(transaction, item, kind, document_id)
        claim_id = transaction.new_id()
        content = content_of(kind, values)
        if not transaction.write(
            "items/touch", item_id=item_id, revision=transaction.revision, expected=item_revision
        ):
            raise StaleVersion(id=item_id)
        transaction.insert(
            "claim",
            [
                {
                    "claim_id": claim_id,
                    "kind": kind.value,
                    "item_id": item_id,
                    "document_id": document_id,
                    "agency_code": item["lead_agency"],
                    "state": ClaimState.DRAFT.value,
                    "content": _stored(content),
                    "author_id": author_id,
                    "revision": transaction.revision,
                }
            ],
        )
        _record(transaction, claim_id, "draft", content, None, author_id)
        for name, data in files:
            evidence.add(transaction, author_id, claim_id, name, data)
        if submit:
            _move(
                installation, transaction, actor, _claim(transaction, claim_id), Action.SUBMIT, content, None
            )
    return claim_id


def edit(
    installation: Installation,
    actor: Actor,
    claim_id: int,
    values: Mapping[str, Any],
    *,
    revision: int,
    files: Sequence[File] = (),
    submit: bool = False,
) -> None:
    """Change a draft or a returned claim, add files, and submit it if asked to.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, InvalidTransition, Invalid.
    """
    with installation.database.transaction("claim.edit", actor.actor_id) as transaction:
        claim = _claim(transaction, claim_id, revision)
        author_id = actor.require(Right.WRITE_CLAIMS, claim.agency_code)
        content = content_of(claim.kind, values)
        _move(installation, transaction, actor, claim, Action.EDIT, content, None)
        for name, data in files:
            evidence.add(transaction, author_id, claim_id, name, data)
        if submit:
            _move(
                installation, transaction, actor, _claim(transaction, claim_id), Action.SUBMIT, content, None
            )


def act(
    installation: Installation,
    actor: Actor,
    claim_id: int,
    action: Action,
    *,
    revision: int,
    comment: str | None = None,
) -> None:
    """Submit, recall, drop, return or confirm a claim; a confirmation writes its events in the same transaction.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, InvalidTransition, Invalid (a return needs a comment),
    Conflict (the document is registered already).
    """
    with installation.database.transaction(f"claim.{action.value}", actor.actor_id) as transaction:
        claim = _claim(transaction, claim_id, revision)
        _move(installation, transaction, actor, claim, action, dict(claim.content), comment)
        if action is Action.CONFIRM:
            confirmation.apply(transaction, claim)


def preview(installation: Installation, actor: Actor, claim_id: int) -> Preview:
    """What confirming will move, computed from the ledger without writing.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    claim, _ = get(installation, actor, claim_id)
    item = installation.database.row("items/state", item_id=claim.item_id)
    assert item is not None
    released = installation.database.read(
        "items/released_by",
        document_id=claim.document_id,
        in_force_on=date.fromisoformat(claim.content["in_force_on"])
        if claim.kind is ClaimKind.ENACTED and claim.content.get("in_force_on")
        else None,
    ).filter(pl.col("is_complete"))
    measure = next(
        (
            m
            for m in figures.MEASURES
            if dict(m.params).get("programme") == item["programme_code"] and m.is_done
        ),
        None,
    )
    if claim.kind is not ClaimKind.ENACTED or measure is None:
        return Preview(released, None, None)
    moment = installation.moment()
    before = figures.compute(installation, measure.measure, moment)
    document = installation.database.row("documents/latest", document_id=claim.document_id)
    if document is not None and document["state"] == "issued":
        return Preview(released.clear(), before, before.numerator, document["number"])
    moved = released.filter(
        (pl.col("programme_code") == item["programme_code"]) & (pl.col("enacted_on") <= moment.as_of)
    )
    return Preview(released, before, before.numerator + moved.height)


def find(
    installation: Installation,
    actor: Actor,
    *,
    state: ClaimState | None = None,
    agency: str | None = None,
    item_id: int | None = None,
    claim_id: int | None = None,
    page: int = 1,
    size: int = 200,
) -> pl.DataFrame:
    """Claims with what they are about, oldest waiting first; drafts are seen by their own agency only.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.READ_CLAIMS)
    return installation.database.read(
        "claims/list",
        reader_agency=actor.agency_code or "",
        state=state.value if state else None,
        agency=agency,
        item_id=item_id,
        claim_id=claim_id,
        limit=size,
        offset=(page - 1) * size,
    )


def get(installation: Installation, actor: Actor, claim_id: int) -> tuple[Claim, Row]:
    """A claim for its rules, and its row for a screen.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    found = find(installation, actor, claim_id=claim_id)
    if not found.height:
        raise NotFound("claim_not_found", id=claim_id)
    row = found.row(0, named=True)
    return _from_row(row), row


def story(installation: Installation, actor: Actor, claim_id: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(what was done to a claim, oldest first; its files).

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    get(installation, actor, claim_id)
    read = installation.database.read
    return read("claims/story", claim_id=claim_id), read("claims/evidence", claim_id=claim_id)


def _move(
    installation: Installation,
    transaction: Transaction,
    actor: Actor,
    claim: Claim,
    action: Action,
    content: Mapping[str, Any],
    comment: str | None,
) -> None:
    actor_id = actor.require(right_for(action), claim.agency_code)
    state = next_state(claim.state, action)
    comment = (comment or "").strip() or None
    if action is Action.RETURN and comment is None:
        raise Invalid("comment_missing", issues=(Issue("comment_missing", column="comment"),))
    if action in (Action.SUBMIT, Action.CONFIRM):
        _require_complete(installation, transaction, claim, content)
    decides = action in (Action.RETURN, Action.CONFIRM)
    changed = transaction.write(
        "claims/set_state",
        claim_id=claim.claim_id,
        expected=claim.revision,
        revision=transaction.revision,
        state=state.value,
        content=_stored(content),
        comment=comment,
        submitted_at=transaction.recorded_at if action is Action.SUBMIT else None,
        decided_at=transaction.recorded_at if decides else None,
        decided_by=actor_id if decides else None,
    )
    if not changed:
        raise StaleVersion(id=claim.claim_id)
    _record(transaction, claim.claim_id, action.value, content, comment, actor_id)


def _require_complete(
    installation: Installation, transaction: Transaction, claim: Claim, content: Mapping[str, Any]
) -> None:
    item = _item(transaction, claim.item_id)
    # For an instrument the document itself says whether it was issued.
    if claim.kind is not ClaimKind.ENACTED:
        _refuse_impossible(transaction, item, claim.kind, claim.document_id)
    files = transaction.row("claims/evidence_count", claim_id=claim.claim_id)
    assert files is not None
    found = problems(
        claim.kind,
        content,
        evidence=files["files"],
        working_date=installation.working_date,
        current_deadline=item["current_deadline"],
        not_before={
            ClaimKind.ENACTED: item["assigned_on"],
            ClaimKind.PUBLISHED: item["enacted_on"],
            ClaimKind.EXTENSION: item["deadline_since"],
        }.get(claim.kind),
    )
    if found:
        raise Invalid("claim_incomplete", issues=found)


def _refuse_impossible(transaction: Transaction, item: Row, kind: ClaimKind, document_id: int | None) -> None:
    if item["assigned_on"] is None:
        raise Invalid("item_withdrawn")
    if kind is not ClaimKind.ENACTED and document_id is not None:
        raise Invalid("instrument_not_needed")
    if kind is ClaimKind.ENACTED:
        if item["enacted_on"] is not None:
            raise Invalid("item_enacted_already", day=item["enacted_on"])
        needs = transaction.row("claims/needs_document", item_id=item["item_id"], document_id=document_id)
        if needs is None or not needs["needs"]:
            raise Invalid("instrument_not_needed")
    elif kind is ClaimKind.PUBLISHED and item["enacted_on"] is None:
        raise Invalid("item_not_enacted")
    elif kind is ClaimKind.PUBLISHED and item["published_on"] is not None:
        raise Invalid("item_published_already", day=item["published_on"])
    elif kind is ClaimKind.EXTENSION and item["enacted_on"] is not None:
        raise Invalid("item_enacted_already", day=item["enacted_on"])


def _record(
    transaction: Transaction,
    claim_id: int,
    action: str,
    content: Mapping[str, Any],
    comment: str | None,
    actor_id: int,
) -> None:
    transaction.append(
        "claim_event",
        [
            {
                "event_id": transaction.new_id(),
                "claim_id": claim_id,
                "action": action,
                "content": _stored(content),
                "comment": comment,
                "actor_id": actor_id,
            }
        ],
    )


def _stored(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _item(transaction: Transaction, item_id: int) -> Row:
    row = transaction.row("items/state", item_id=item_id)
    if row is None:
        raise NotFound("item_not_found", id=item_id)
    return row


def _claim(transaction: Transaction, claim_id: int, revision: int | None = None) -> Claim:
    row = transaction.row("claims/get", claim_id=claim_id)
    if row is None:
        raise NotFound("claim_not_found", id=claim_id)
    claim = _from_row(row)
    if revision is not None and claim.revision != revision:
        raise StaleVersion(id=claim_id)
    return claim


def _from_row(row: Row) -> Claim:
    return Claim(
        claim_id=row["claim_id"],
        kind=ClaimKind(row["kind"]),
        item_id=row["item_id"],
        document_id=row["document_id"],
        agency_code=row["agency_code"],
        state=ClaimState(row["state"]),
        content=json.loads(row["content"]),
        revision=row["revision"],
    )
