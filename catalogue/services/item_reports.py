"""What an agency's own system reports of its items: a batch is judged whole as an update file is, and written whole or not at all."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import polars as pl

from catalogue.errors import CatalogueError, Invalid, Issue, StaleVersion
from catalogue.model.actor import Actor
from catalogue.model.claim import Claim, ClaimKind, ClaimState
from catalogue.model.item_update import Row, RowState, column_of, normal
from catalogue.model.period import Moment
from catalogue.services import api_files, api_tokens, claim_checks, claims, items
from catalogue.services.attachments import Attachment
from catalogue.services.claim_reading import claim_of
from catalogue.services.claims import Chosen
from catalogue.services.installation import Installation
from catalogue.services.item_update_checks import Judged, look
from catalogue.services.item_update_files import Files
from catalogue.services.items import ItemFilter
from catalogue.store.database import Row as Record
from catalogue.store.database import Transaction

_TRIES = 3
_UNDECIDED = (ClaimState.DRAFT.value, ClaimState.RETURNED.value, ClaimState.SUBMITTED.value)
_ALL = 1_000_000
_CLAIM = pl.Struct(
    {
        "claim_id": pl.Int64,
        "item_id": pl.Int64,
        "kind": pl.String,
        "document_id": pl.Int64,
        "state": pl.String,
    }
)
_DOCUMENT = pl.Struct({"document_id": pl.Int64, "title": pl.String})


@dataclass(frozen=True)
class Update:
    """One thing reported of an item. `said`: fields of the claim, None where one is cleared; what is not said stays as it was.

    `item_revision`: the state of the records at which the item was read; `files`: sha256 of what was sent before.
    """

    item_id: int
    kind: ClaimKind
    item_revision: int
    said: Mapping[str, str | None] = field(default_factory=dict)
    document_id: int | None = None
    files: Sequence[str] = ()


class Became(StrEnum):
    """What an update made of the claim that it is about."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Reported:
    """An update that was taken in, and the claim that it is now. `missing`: what a draft still lacks."""

    became: Became
    claim: Claim
    missing: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What keeps one update out. `later`: what others changed since it was read (kind is None: the item itself)."""

    index: int
    issue: Issue
    later: tuple[Record, ...] = ()


class Refused(CatalogueError):
    """A batch of which nothing was written: report_refused, report_stale (changed by others meanwhile) or
    report_not_yours (items of another agency), with every fault of every update."""

    code = "report_refused"

    def __init__(self, faults: Sequence[Fault]) -> None:
        rules = {one.issue.rule for one in faults}
        code = "report_refused"
        if "item_not_yours" in rules:
            code = "report_not_yours"
        elif "row_stale" in rules:
            code = "report_stale"
        super().__init__(code, count=len({one.index for one in faults}))
        self.faults = tuple(faults)


# Called with what was taken in before it is committed; what it writes is written with it, or not at all.
Told = Callable[[Transaction, Sequence[Reported]], None]


def report(
    installation: Installation, actor: Actor, updates: Sequence[Update], *, submit: bool, told: Told
) -> None:
    """Write a claim for each update, or change the one that it is about, and submit them all if asked to.

    Raises: NotSignedIn, Forbidden, Refused; StaleVersion (only where others write without end).
    """
    actor_id = api_tokens.require_writing(installation, actor)
    files = api_files.find(installation, actor, {digest for one in updates for digest in one.files})
    for left in reversed(range(_TRIES)):
        judged = _judged(installation, actor, updates, files, submit=submit)

        def tell(transaction: Transaction, drafted: Sequence[int], judged: Sequence[Judged] = judged) -> None:
            api_tokens.require_living(transaction, actor_id)
            api_files.named(transaction, actor_id, files)
            told(transaction, _reported(installation, transaction, judged, drafted, submit=submit))

        try:
            _write(installation, actor, judged, submit=submit, tell=tell)
            return
        except StaleVersion:  # somebody wrote between looking and saving: the next look names them
            if not left:
                raise
        except Invalid as error:
            raise _refusal(error, updates) from error


def own_items(
    installation: Installation,
    actor: Actor,
    moment: Moment,
    programmes: Sequence[str],
    wanted: ItemFilter,
) -> pl.DataFrame:
    """The items of some programmes that the actor's agency answers for, by id, each with the `kinds` that can be reported of
    it now, the `documents` it still waits for and the `claims` that are not decided; moment: the working date, everything
    recorded so far.
    """
    wanted = replace(wanted, agency=actor.agency_code or "")
    found = pl.concat(
        items.find(installation, moment, code, wanted, size=_ALL).with_columns(programme_code=pl.lit(code))
        for code in programmes
    ).sort("item_id")
    ids = found["item_id"].to_list()
    ground = claim_checks.ground(installation, installation.database, ids)
    waiting: dict[int, list[Record]] = {one: [] for one in ids}
    for row in items.unissued(installation, ids).iter_rows(named=True):
        waiting[row["item_id"]].append({name: row[name] for name in _DOCUMENT.to_schema()})
    undecided = _undecided(installation, actor, waiting)
    kinds = [
        [kind.value for kind in ClaimKind if _is_possible(ground, one, kind, waiting[one])] for one in ids
    ]
    return found.with_columns(
        pl.Series("kinds", kinds, pl.List(pl.String)),
        pl.Series("documents", [waiting[one] for one in ids], pl.List(_DOCUMENT)),
        pl.Series("claims", [undecided[one] for one in ids], pl.List(_CLAIM)),
    )


def _undecided(
    installation: Installation, actor: Actor, waiting: Mapping[int, Sequence[Record]]
) -> Mapping[int, Sequence[Record]]:
    """By item, the agency's claims that are drafted, returned or wait, about it or about a document that it waits for."""
    found = claims.find(installation, actor, agency=actor.agency_code or "", size=_ALL)
    undecided = found.filter(pl.col("state").is_in(_UNDECIDED)).select(*_CLAIM.to_schema()).to_dicts()
    told: dict[int, list[Record]] = defaultdict(list)
    waiters: dict[int, list[int]] = defaultdict(list)
    for item_id, documents in waiting.items():
        for document in documents:
            waiters[document["document_id"]].append(item_id)
    for claim in undecided:
        for item_id in {claim["item_id"], *waiters.get(claim["document_id"], ())}:
            told[item_id].append(claim)
    return told


def _is_possible(
    ground: claim_checks.Ground, item_id: int, kind: ClaimKind, waiting: Sequence[Record]
) -> bool:
    item = ground.item(item_id)
    documents = [one["document_id"] for one in waiting] if kind is ClaimKind.ENACTED else [None]
    return any(claim_checks.impossible(ground, item, kind, one) is None for one in documents)


def _judged(
    installation: Installation,
    actor: Actor,
    updates: Sequence[Update],
    files: Mapping[str, Attachment],
    *,
    submit: bool,
) -> tuple[Judged, ...]:
    revision = installation.database.revision
    rows = [_row(index, one) for index, one in enumerate(updates)]
    by_row = {
        index: [files[digest] for digest in one.files if digest in files] for index, one in enumerate(updates)
    }
    judged = look(installation, actor, rows, Files(by_row=by_row)).rows
    faults = []
    for index, (one, update) in enumerate(zip(judged, updates, strict=True)):
        if update.item_revision > revision:
            faults.append(
                Fault(index, Issue("revision_unknown", column="item_revision", value=str(revision)))
            )
        faults += [
            Fault(index, Issue("file_unknown", column="evidence", value=digest))
            for digest in update.files
            if digest not in files
        ]
        has_place = one.draft is not None or one.claim_id is not None
        if submit or not has_place:
            faults += [Fault(index, issue, one.later) for issue in one.issues]
    if faults:
        raise Refused(faults)
    return judged


def _row(index: int, update: Update) -> Row:
    """An update as a row of an update file, whose rules are these."""
    cells = {
        column_of(update.kind, name): (normal(value) or None) if value is not None else None
        for name, value in update.said.items()
    }
    return Row(
        number=index,
        item_id=update.item_id,
        key_item=update.item_id,
        document_id=update.document_id,
        claim_id=None,
        seen=update.item_revision,
        kind=update.kind,
        cells=cells,
    )


def _write(
    installation: Installation,
    actor: Actor,
    judged: Sequence[Judged],
    *,
    submit: bool,
    tell: Callable[[Transaction, Sequence[int]], None],
) -> None:
    drafts = [one.draft for one in judged if one.draft is not None]
    standing: list[Chosen] = [
        (one.claim_id, one.claim_revision)
        for one in judged
        if submit
        and one.draft is None
        and one.is_sendable
        and one.claim_id is not None
        and one.claim_revision is not None
    ]

    if drafts or standing:
        claims.draft_many(installation, actor, drafts, submit=submit, standing=standing, told=tell)
        return
    with installation.database.unrecorded() as transaction:
        tell(transaction, ())


def _reported(
    installation: Installation,
    transaction: Transaction,
    judged: Sequence[Judged],
    drafted: Sequence[int],
    *,
    submit: bool,
) -> list[Reported]:
    ids = iter(drafted)
    by_row = [next(ids) if one.draft is not None else one.claim_id for one in judged]
    rows = transaction.read(
        "claims/get_many",
        claims=sorted({one for one in by_row if one is not None}),
        working_day=installation.working_date,
    )
    known = {row["claim_id"]: claim_of(row) for row in rows.iter_rows(named=True)}
    became = {RowState.NEW: Became.CREATED, RowState.CHANGED: Became.CHANGED}
    return [
        Reported(became.get(one.state, Became.UNCHANGED), known[claim_id], () if submit else one.issues)
        for one, claim_id in zip(judged, by_row, strict=True)
        if claim_id is not None
    ]


def _refusal(error: Invalid, updates: Sequence[Update]) -> CatalogueError:
    """What the claims' own rules say at the last moment, said of the updates."""
    by_item: Mapping[int, tuple[Issue, ...]] = error.details.get("by_item", {})
    faults = [
        Fault(index, issue) for index, one in enumerate(updates) for issue in by_item.get(one.item_id, ())
    ]
    return Refused(faults) if faults else error
