"""What the rows of an update file would do: judged all at once against what stands, nothing written."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from catalogue.errors import Issue
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import ClaimKind, ClaimState, content_of, needs_evidence
from catalogue.model.item_update import (
    Row,
    RowState,
    applies,
    column_of,
    merged,
    strangers,
)
from catalogue.services import claim_checks
from catalogue.services.claim_checks import Ground
from catalogue.services.claims import Draft
from catalogue.services.installation import Installation
from catalogue.services.item_update_files import Files, Sorted, sort
from catalogue.store.database import Row as Record
from catalogue.text import clean
from catalogue.working_days import ZONE

_OPEN = frozenset({ClaimState.DRAFT, ClaimState.RETURNED})
_Identity = tuple[int, int | None, ClaimKind]


@dataclass(frozen=True)
class Judged:
    """One row, what becomes of it and what is wrong with it.

    `draft`: what is to be written, if anything; `later`: what others changed since the row was read.
    """

    row: Row
    state: RowState
    kind: ClaimKind | None = None
    issues: tuple[Issue, ...] = ()
    draft: Draft | None = None
    claim_id: int | None = None
    claim_revision: int | None = None
    is_sendable: bool = False
    later: tuple[Record, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something keeps the row from being sent."""
        return any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True)
class Outcome:
    """Every row judged. `loose_files`: names of files that belong to no row; `issues`: about files, not rows."""

    rows: tuple[Judged, ...]
    loose_files: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def changed(self) -> int:
        return sum(one.state in (RowState.NEW, RowState.CHANGED) for one in self.rows)

    @property
    def unchanged(self) -> int:
        return sum(one.state is RowState.UNCHANGED for one in self.rows)

    @property
    def stale(self) -> int:
        return sum(one.state is RowState.STALE for one in self.rows)

    @property
    def wrong(self) -> tuple[Judged, ...]:
        """The rows that keep everything from being sent: errors and stale ones."""
        return tuple(one for one in self.rows if one.has_errors)

    @property
    def errors(self) -> int:
        """Rows with errors; stale ones are counted apart."""
        return sum(one.has_errors and one.state is not RowState.STALE for one in self.rows)


@dataclass(frozen=True)
class _Standing:
    """What the ledger says now of everything that the rows name."""

    ground: Ground
    claims: Mapping[_Identity, Record]
    by_id: Mapping[int, Record]
    files: Mapping[int, frozenset[str]]
    changes: Mapping[int, Sequence[Record]]
    instruments: Mapping[int, Mapping[int, str]]


def look(installation: Installation, actor: Actor, rows: Sequence[Row], files: Files) -> Outcome:
    """Judge every row; whatever is wrong is said at once.

    Raises: NotSignedIn, Forbidden (who may not report at all).
    """
    actor_id = actor.require(Right.WRITE_CLAIMS)
    rows = _dated(rows)
    standing = _standing(installation, actor_id, rows)
    judged = [_judge(installation, actor, row, standing) for row in rows]
    judged = _without_twins(judged)
    evidence = sort(files, _numbers(judged))
    finished = tuple(_finish(installation, one, standing, evidence) for one in judged)
    return Outcome(finished, evidence.loose, evidence.numbers, evidence.issues)


def _dated(rows: Sequence[Row]) -> list[Row]:
    """Rows that a person added know no revision: they count as read when the rest of the file was."""
    seen = min((row.seen for row in rows if row.seen is not None), default=None)
    return [row if row.seen is not None else replace(row, seen=seen) for row in rows]


def _standing(installation: Installation, actor_id: int, rows: Sequence[Row]) -> _Standing:
    read = installation.database.read
    items = sorted({row.item_id for row in rows if row.item_id is not None})
    ground = claim_checks.ground(installation, installation.database, items)
    by_id = {row["claim_id"]: row for row in read("item_updates/claims", items=items).iter_rows(named=True)}
    claims: dict[_Identity, Record] = {}
    for claim in by_id.values():
        identity = (claim["item_id"], claim["document_id"], ClaimKind(claim["kind"]))
        if identity not in claims or _rank(claim) >= _rank(claims[identity]):
            claims[identity] = claim
    files: dict[int, set[str]] = defaultdict(set)
    for claim_id, digest in read("item_updates/files", claims=sorted(by_id)).iter_rows():
        files[claim_id].add(digest)
    seen = min((row.seen for row in rows if row.seen is not None), default=0)
    changes: dict[int, list[Record]] = defaultdict(list)
    for change in read("item_updates/changes", items=items, seen=seen, actor_id=actor_id).iter_rows(
        named=True
    ):
        changes[change["item_id"]].append(change)
    instruments: dict[int, dict[int, str]] = defaultdict(dict)
    for item_id, document_id, title in read("item_updates/instruments", items=items).iter_rows():
        instruments[item_id][document_id] = title
    return _Standing(
        ground, claims, by_id, {one: frozenset(some) for one, some in files.items()}, changes, instruments
    )


def _rank(claim: Record) -> int:
    """Of several claims of one kind about one thing, what can still be written comes first, then what waits."""
    state = ClaimState(claim["state"])
    return 2 if state in _OPEN else int(state is ClaimState.SUBMITTED)


def _judge(installation: Installation, actor: Actor, row: Row, standing: _Standing) -> Judged:
    """What the row is about, or why it is about nothing that this person may report."""
    if row.is_silent or (not row.cells and row.kind is None and row.item_id is None and not row.issues):
        return Judged(row, RowState.UNCHANGED)

    def refused(rule: str, column: str, value: object = None) -> Judged:
        issue = Issue(rule, row=row.number, column=column, value=None if value is None else str(value))
        return Judged(row, RowState.REFUSED, row.kind, (*row.issues, issue))

    if row.item_id is None:
        return Judged(row, RowState.REFUSED, row.kind, row.issues)
    item = standing.ground.items.get(row.item_id)
    if item is None:
        return refused("item_unknown", "item_id", row.item_id)
    if not actor.has(Right.WRITE_CLAIMS, item["answering_agency"]):
        if item["is_standing"] and installation.reference.group(item["answering_agency"]):
            return refused("item_standing", "item_id")
        agency = installation.reference.lead(item["answering_agency"])
        return refused("item_not_yours", "item_id", agency.name_on(installation.working_date))
    if row.key_item not in (None, row.item_id):
        return refused("item_id_changed", "item_id", row.key_item)
    if not row.cells and row.kind is None:
        return Judged(row, RowState.UNCHANGED if not row.issues else RowState.REFUSED, None, row.issues)
    own = standing.by_id.get(row.claim_id or 0)
    kind = row.kind or (ClaimKind(own["kind"]) if own and own["item_id"] == row.item_id else None)
    if any(issue.column == "kind" for issue in row.issues):
        return Judged(row, RowState.REFUSED, None, row.issues)
    if kind is None:
        return refused("kind_missing", "kind")
    if not applies(kind, json.loads(item["stages"])):
        return refused("stage_not_applicable", "kind")
    row = replace(row, document_id=_document(row, kind, standing))
    if kind is ClaimKind.ENACTED and row.document_id is None:
        return Judged(
            row, RowState.REFUSED, kind, (*row.issues, Issue("document_unclear", row=row.number, column="instrument"))
        )  # fmt: skip
    return Judged(row, RowState.NEW, kind, row.issues)


def _document(row: Row, kind: ClaimKind, standing: _Standing) -> int | None:
    """The instrument that a report of an issued one is about: as the file knows it, by its title, or the only one."""
    if kind is not ClaimKind.ENACTED:
        return None
    waiting = standing.instruments.get(row.item_id or 0, {})
    if row.document_id is not None and row.key_item == row.item_id:
        return row.document_id
    title = clean(str(row.raw.get("instrument") or "")).casefold()
    named = [document_id for document_id, known in waiting.items() if clean(known).casefold() == title]
    if title:
        return named[0] if len(named) == 1 else None
    return next(iter(waiting)) if len(waiting) == 1 else None


def _without_twins(judged: Sequence[Judged]) -> list[Judged]:
    """Of two rows that report the same of the same thing neither is right by itself, unless they say the same."""
    first: dict[_Identity, Judged] = {}
    twins: dict[int, int] = {}
    repeats: set[int] = set()
    for one in judged:
        if one.state is not RowState.NEW or one.kind is None or one.row.item_id is None:
            continue
        other = first.setdefault((one.row.item_id, one.row.document_id, one.kind), one)
        if other is one:
            continue
        twins[one.row.number] = other.row.number
        if other.row.cells == one.row.cells:
            repeats.add(one.row.number)
        else:
            twins.setdefault(other.row.number, one.row.number)
    return [
        _twin(one, twins[one.row.number], is_repeat=one.row.number in repeats)
        if one.row.number in twins
        else one
        for one in judged
    ]


def _twin(one: Judged, other: int, *, is_repeat: bool) -> Judged:
    severity = "warning" if is_repeat else "error"
    issue = Issue("row_twice", severity, row=one.row.number, value=str(other))
    state = RowState.UNCHANGED if is_repeat else RowState.REFUSED
    return replace(one, state=state, issues=(*one.issues, issue))


def _numbers(judged: Iterable[Judged]) -> Iterator[str]:
    """The document numbers under which the rows look for evidence."""
    for one in judged:
        if one.kind is not None and needs_evidence(one.kind):
            yield from filter(None, (one.row.cells.get("evidence"), one.row.cells.get("number")))


def _finish(
    installation: Installation,
    one: Judged,
    standing: _Standing,
    evidence: Sorted,
) -> Judged:
    """Compare the row with the claim that stands, and look for what is missing."""
    row, kind = one.row, one.kind
    if one.state is not RowState.NEW or kind is None or row.item_id is None:
        return one
    item = standing.ground.item(row.item_id)
    claim = standing.claims.get((row.item_id, row.document_id, kind))
    state = ClaimState(claim["state"]) if claim else None
    known = json.loads(claim["content"]) if claim else {}
    content = content_of(kind, merged(kind, known, row.cells))
    known_files = standing.files.get(claim["claim_id"], frozenset()) if claim else frozenset()
    files = evidence.named(row.number, known_files)
    is_same = claim is not None and content == content_of(kind, known)
    if state is ClaimState.CONFIRMED and (files or not is_same):
        claim, state = None, None  # a later report of the same kind begins anew
        content = content_of(kind, merged(kind, {}, row.cells))
        known_files, files = frozenset(), evidence.named(row.number, frozenset())
    number = row.cells.get("evidence") or content.get("number") or ""
    is_open = state is None or state in _OPEN
    if is_open and needs_evidence(kind):
        files += evidence.of(number, known_files)
    issues = [*one.issues, *_foreign_cells(row, kind)]
    if is_same and not files:
        is_draft = state is ClaimState.DRAFT
        refusal = (
            claim_checks.impossible(standing.ground, item, kind, row.document_id)
            if is_draft and kind is not ClaimKind.ENACTED
            else None
        )
        if refusal is not None:
            issues.append(claim_checks.refused(refusal, row.number))
            return _standing_claim(replace(one, state=RowState.UNCHANGED, issues=tuple(issues)), claim, False)
        if is_draft:
            issues += _missing(installation, item, row, kind, content, len(known_files))
        return _standing_claim(replace(one, state=RowState.UNCHANGED, issues=tuple(issues)), claim, is_draft)
    if state is ClaimState.SUBMITTED:
        issues.append(Issue("claim_waits", row=row.number, column="kind"))
        return replace(one, state=RowState.REFUSED, issues=tuple(issues))
    if later := _later(row, kind, standing):
        stale = Issue("row_stale", row=row.number, value=_who_and_when(later[-1]))
        return replace(one, state=RowState.STALE, issues=(*issues, stale), later=later)
    if row.seen is None:
        issues.append(Issue("revision_missing", row=row.number))
        return replace(one, state=RowState.REFUSED, issues=tuple(issues))
    if kind is not ClaimKind.ENACTED or claim is None:
        refusal = claim_checks.impossible(standing.ground, item, kind, row.document_id)
        if refusal is not None:
            issues.append(claim_checks.refused(refusal, row.number))
            return replace(one, state=RowState.REFUSED, issues=tuple(issues))
    issues += _missing(installation, item, row, kind, content, len(known_files) + len(files))
    draft = Draft(
        row.item_id, kind, content, item["revision"], row.document_id, files,
        claim["claim_id"] if claim else None, claim["revision"] if claim else None,
    )  # fmt: skip
    done = replace(one, state=RowState.CHANGED if claim else RowState.NEW, issues=tuple(issues), draft=draft)
    return _standing_claim(done, claim, True)


def _standing_claim(one: Judged, claim: Record | None, is_sendable: bool) -> Judged:
    if claim is None:
        return replace(one, is_sendable=is_sendable)
    return replace(one, claim_id=claim["claim_id"], claim_revision=claim["revision"], is_sendable=is_sendable)


def _missing(
    installation: Installation,
    item: Record,
    row: Row,
    kind: ClaimKind,
    content: Mapping[str, Any],
    files: int,
) -> list[Issue]:
    found = claim_checks.missing(installation, item, kind, content, files)
    return [replace(issue, row=row.number, column=column_of(kind, issue.column or "")) for issue in found]


def _foreign_cells(row: Row, kind: ClaimKind) -> list[Issue]:
    return [
        Issue("cell_of_other_kind", row=row.number, column=column, value=(row.cells[column] or "")[:60])
        for column in strangers(kind, row.cells)
    ]


def _later(row: Row, kind: ClaimKind, standing: _Standing) -> tuple[Record, ...]:
    """What others changed of the item, or of this report of it, after it was read; one's own changes are known to oneself."""
    return tuple(
        change
        for change in standing.changes.get(row.item_id or 0, ())
        if row.seen is not None
        and change["revision"] > row.seen
        and (
            change["kind"] is None or (change["kind"], change["document_id"]) == (kind.value, row.document_id)
        )
    )


def _who_and_when(change: Record) -> str:
    when: datetime = change["recorded_at"]
    return f"{change['actor_name'] or '–'}, {when.astimezone(ZONE):%d/%m/%Y %H:%M}"
