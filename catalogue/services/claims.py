"""Claims: a ministry drafts and submits, a reviewer decides; only a confirmed claim becomes an event.

One claim or a thousand, each call is one transaction: everything it asks for happens, or nothing.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.errors import Invalid, Issue, NotFound, StaleVersion
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import (
    DECISIONS,
    Action,
    Claim,
    ClaimKind,
    ClaimState,
    content_of,
    next_state,
    right_for,
)
from catalogue.services import claim_checks, confirmation, evidence
from catalogue.services.claim_checks import Ground
from catalogue.services.claim_reading import claim_of, find, get, story
from catalogue.services.evidence import File
from catalogue.services.installation import Installation
from catalogue.store.database import Transaction

__all__ = [
    "Draft", "act", "decide_many", "draft", "draft_many", "edit", "find", "get", "remove_evidence", "story", "submit_many",
]  # fmt: skip

Chosen = tuple[int, int]  # claim_id and the revision at which the person read it


@dataclass(frozen=True)
class Draft:
    """A claim to be written: a new one about an item, or the next content of the draft `claim_id`."""

    item_id: int
    kind: ClaimKind
    values: Mapping[str, Any]
    item_revision: int
    document_id: int | None = None
    files: Sequence[File] = ()
    claim_id: int | None = None
    claim_revision: int | None = None


@dataclass(frozen=True)
class _Move:
    """One claim and the content that an action leaves it with."""

    claim: Claim
    content: Mapping[str, Any]


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

    Raises: NotSignedIn, Forbidden (an item that another agency answers for), StaleVersion (the item was changed since it was read),
    Invalid (with issues) when it is submitted incomplete or the item does not allow it.
    """
    one = Draft(item_id, kind, values, item_revision, document_id, files)
    return draft_many(installation, actor, [one], submit=submit)[0]


def draft_many(
    installation: Installation,
    actor: Actor,
    drafts: Sequence[Draft],
    *,
    submit: bool = False,
    standing: Sequence[Chosen] = (),
    told: Callable[[Transaction, Sequence[int]], None] | None = None,
) -> list[int]:
    """Write new claims and change drafts, and submit them all if asked to; ids in the order of the drafts.

    `standing`: claims that are submitted with them as they stand. `told` is called with the ids before everything is
    committed: what it writes is written with the claims or not at all.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion (`ids` of what others changed), InvalidTransition; Invalid
    with everything that is missing at once (`by_item`: issues by item id, as the claims are not kept), and for whoever
    would complete a standing task, also one that is a group's.
    """
    with installation.database.transaction("claim.draft", actor.actor_id) as transaction:
        actor.require(Right.WRITE_CLAIMS)
        unchanged = list(_claims(installation, transaction, standing).values())
        ground = claim_checks.ground(
            installation, transaction, [one.item_id for one in drafts] + [one.item_id for one in unchanged]
        )
        for one in drafts:
            item = ground.item(one.item_id)
            if claim_checks.is_never_done(item, one.kind):
                raise Invalid("item_standing")
            actor.require(Right.WRITE_CLAIMS, item["answering_agency"])
        known = _claims(
            installation,
            transaction,
            [(one.claim_id, one.claim_revision or 0) for one in drafts if one.claim_id is not None],
        )
        ids = _begin(transaction, actor, ground, [one for one in drafts if one.claim_id is None])
        moves = []
        for one in drafts:
            if one.claim_id is not None:
                claim = known[one.claim_id]
                moves.append(_Move(claim, content_of(claim.kind, one.values)))
        _move(transaction, actor, moves, Action.EDIT)
        started = iter(ids)
        order = [one.claim_id if one.claim_id is not None else next(started) for one in drafts]
        evidence.add_many(
            transaction,
            actor.require(Right.WRITE_CLAIMS),
            [(claim_id, file) for claim_id, one in zip(order, drafts, strict=True) for file in one.files],
        )
        if submit:
            claims = [*_claims_now(installation, transaction, order).values(), *unchanged]
            try:
                _submit(installation, transaction, actor, ground, claims)
            except Invalid as error:
                raise _by_item(error, claims) from error
        if told is not None:
            told(transaction, order)
    return order


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
        claim = _claims(installation, transaction, [(claim_id, revision)])[claim_id]
        author_id = actor.require(Right.WRITE_CLAIMS, claim.answering_agency)
        _move(transaction, actor, [_Move(claim, content_of(claim.kind, values))], Action.EDIT)
        evidence.add_many(transaction, author_id, [(claim_id, file) for file in files])
        if submit:
            ground = claim_checks.ground(installation, transaction, [claim.item_id])
            claims = list(_claims_now(installation, transaction, [claim_id]).values())
            _submit(installation, transaction, actor, ground, claims)


def submit_many(installation: Installation, actor: Actor, chosen: Sequence[Chosen]) -> None:
    """Submit drafts and returned claims: all of them, or none.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, InvalidTransition; Invalid with everything that is missing
    at once (`by_claim`: issues by claim id).
    """
    decide_many(installation, actor, chosen, Action.SUBMIT)


def act(
    installation: Installation,
    actor: Actor,
    claim_id: int,
    action: Action,
    *,
    revision: int,
    comment: str | None = None,
) -> None:
    """Submit, recall, drop, return, refuse or confirm a claim; a confirmation writes its events with it.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, InvalidTransition, Invalid (a return and a refusal need a
    comment), Conflict (the document is registered already with other dates).
    """
    decide_many(installation, actor, [(claim_id, revision)], action, comment=comment)


def decide_many(
    installation: Installation,
    actor: Actor,
    chosen: Sequence[Chosen],
    action: Action,
    *,
    comment: str | None = None,
) -> None:
    """Do the same to several claims; whatever keeps one of them from it keeps all of them.

    Raises: as `act`; Invalid has `by_claim` where claims are incomplete.
    """
    with installation.database.transaction(f"claim.{action.value}", actor.actor_id) as transaction:
        known = list(_claims(installation, transaction, chosen).values())
        if action is Action.SUBMIT:
            ground = claim_checks.ground(installation, transaction, (claim.item_id for claim in known))
            _submit(installation, transaction, actor, ground, known)
            return
        comment = (comment or "").strip() or None
        _require(actor, known, action)
        if action in (Action.RETURN, Action.REFUSE) and comment is None:
            code = "comment_missing_refusal" if action is Action.REFUSE else "comment_missing"
            raise Invalid(code, issues=(Issue(code, column="comment"),))
        if action is Action.CONFIRM:
            _confirm(installation, transaction, actor, known, comment)
        else:
            _move(transaction, actor, [_Move(claim, claim.content) for claim in known], action, comment)


def remove_evidence(
    installation: Installation, actor: Actor, claim_id: int, evidence_id: int, *, revision: int
) -> None:
    """Take a file out of a draft or returned claim; the ledger keeps that it was there.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, InvalidTransition.
    """
    with installation.database.transaction("claim.remove_evidence", actor.actor_id) as transaction:
        claim = _claims(installation, transaction, [(claim_id, revision)])[claim_id]
        author_id = actor.require(Right.WRITE_CLAIMS, claim.answering_agency)
        evidence.remove(transaction, author_id, claim_id, evidence_id)
        _move(transaction, actor, [_Move(claim, claim.content)], Action.EDIT)


def _begin(transaction: Transaction, actor: Actor, ground: Ground, drafts: Sequence[Draft]) -> list[int]:
    if not drafts:
        return []
    author_id = actor.require(Right.WRITE_CLAIMS)
    stale = [one.item_id for one in drafts if ground.item(one.item_id)["revision"] != one.item_revision]
    if stale:
        raise _stale(stale)
    rows = []
    for one in drafts:
        item = ground.item(one.item_id)
        refusal = claim_checks.impossible(ground, item, one.kind, one.document_id)
        if refusal is not None:
            raise refusal
        rows.append(
            {
                "claim_id": transaction.new_id(),
                "kind": one.kind.value,
                "item_id": one.item_id,
                "document_id": one.document_id,
                "agency_code": item["answering_agency"],
                "state": ClaimState.DRAFT.value,
                "content": _stored(content_of(one.kind, one.values)),
                "author_id": author_id,
                "revision": transaction.revision,
            }
        )
    transaction.insert("claim", rows)
    transaction.write(
        "items/touch_many", items=sorted({one.item_id for one in drafts}), revision=transaction.revision
    )
    _record(transaction, "draft", [(row["claim_id"], row["content"]) for row in rows], None, author_id)
    return [row["claim_id"] for row in rows]


def _submit(
    installation: Installation,
    transaction: Transaction,
    actor: Actor,
    ground: Ground,
    claims: Sequence[Claim],
) -> None:
    _require(actor, claims, Action.SUBMIT)
    moves = [(claim, claim.content) for claim in claims]
    _refuse_incomplete(claim_checks.incomplete(installation, transaction, ground, moves))
    _move(transaction, actor, [_Move(*move) for move in moves], Action.SUBMIT)


def _confirm(
    installation: Installation,
    transaction: Transaction,
    actor: Actor,
    claims: Sequence[Claim],
    comment: str | None,
) -> None:
    ground_of_all = claim_checks.ground(installation, transaction, (claim.item_id for claim in claims))
    for claim in claims:
        # What one confirmation writes is what the next one stands on.
        lock = transaction.row("items/lock", item_id=claim.item_id)
        is_moved = lock is not None and lock["revision"] == transaction.revision
        ground = (
            claim_checks.ground(installation, transaction, [claim.item_id]) if is_moved else ground_of_all
        )
        _refuse_incomplete(
            claim_checks.incomplete(installation, transaction, ground, [(claim, claim.content)])
        )
        _move(transaction, actor, [_Move(claim, claim.content)], Action.CONFIRM, comment)
        confirmation.apply(transaction, claim, ground.item(claim.item_id))


def _refuse_incomplete(found: Mapping[int, tuple[Issue, ...]]) -> None:
    if found:
        issues = tuple(issue for of_one in found.values() for issue in of_one)
        code = "claim_incomplete" if len(found) == 1 else "claims_incomplete"
        raise Invalid(code, issues=issues, count=len(found), by_claim=dict(found))


def _by_item(error: Invalid, claims: Sequence[Claim]) -> Invalid:
    by_claim: Mapping[int, tuple[Issue, ...]] = error.details.get("by_claim", {})
    by_item: dict[int, tuple[Issue, ...]] = {}
    for claim in claims:
        if claim.claim_id in by_claim:
            by_item[claim.item_id] = by_item.get(claim.item_id, ()) + by_claim[claim.claim_id]
    return Invalid(error.code, issues=error.issues, **error.details, by_item=by_item)


def _require(actor: Actor, claims: Iterable[Claim], action: Action) -> None:
    for claim in claims:
        actor.require(right_for(action), claim.answering_agency)
        next_state(claim.kind, claim.state, action)


def _move(
    transaction: Transaction,
    actor: Actor,
    moves: Sequence[_Move],
    action: Action,
    comment: str | None = None,
) -> None:
    if not moves:
        return
    _require(actor, (move.claim for move in moves), action)
    actor_id = actor.require(right_for(action))
    first = moves[0].claim
    contents = [_stored(move.content) for move in moves]
    decided = action in DECISIONS
    changed = transaction.write(
        "claims/set_states",
        claims=[move.claim.claim_id for move in moves],
        expected=[move.claim.revision for move in moves],
        contents=contents,
        revision=transaction.revision,
        state=next_state(first.kind, first.state, action).value,
        comment=comment,
        submitted_at=transaction.recorded_at if action is Action.SUBMIT else None,
        decided_at=transaction.recorded_at if decided else None,
        decided_by=actor_id if decided else None,
    )
    if changed != len(moves):
        raise _stale([move.claim.claim_id for move in moves])
    ids = [move.claim.claim_id for move in moves]
    _record(transaction, action.value, list(zip(ids, contents, strict=True)), comment, actor_id)


def _record(
    transaction: Transaction,
    action: str,
    contents: Sequence[tuple[int, str]],
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
                "content": content,
                "comment": comment,
                "actor_id": actor_id,
            }
            for claim_id, content in contents
        ],
    )


def _stored(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _claims(
    installation: Installation, transaction: Transaction, chosen: Sequence[Chosen]
) -> dict[int, Claim]:
    """Claims at the revisions at which they were read, in their order."""
    known = _claims_now(installation, transaction, [claim_id for claim_id, _ in chosen])
    stale = [claim_id for claim_id, revision in chosen if known[claim_id].revision != revision]
    if len(stale) == 1:
        step = transaction.row("claims/last_step", claim_id=stale[0])
        assert step is not None
        raise StaleVersion(
            f"stale_claim_{step['action']}",
            id=stale[0],
            who=step["actor_name"],
            when=step["recorded_at"],
        )
    if stale:
        raise _stale(stale)
    return known


def _claims_now(installation: Installation, transaction: Transaction, ids: Sequence[int]) -> dict[int, Claim]:
    rows = transaction.read("claims/get_many", claims=sorted(set(ids)), working_day=installation.working_date)
    known = {row["claim_id"]: claim_of(row) for row in rows.iter_rows(named=True)}
    for claim_id in ids:
        if claim_id not in known:
            raise NotFound("claim_not_found", id=claim_id)
    return {claim_id: known[claim_id] for claim_id in ids}


def _stale(ids: Sequence[int]) -> StaleVersion:
    if len(ids) == 1:
        return StaleVersion(id=ids[0])
    return StaleVersion("stale_versions", count=len(ids), ids=tuple(ids))
