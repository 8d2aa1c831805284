"""Claims as people read them: lists, one with its story and files, and what confirming will move."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import Claim, ClaimKind, ClaimState, day, may_read
from catalogue.model.document import number_key
from catalogue.model.figure import Figure
from catalogue.services import figures
from catalogue.services.installation import Installation
from catalogue.store.database import Row


@dataclass(frozen=True)
class Moved:
    """A programme's figure before and after a confirmation."""

    programme: str
    before: Figure
    after: int


@dataclass(frozen=True)
class Preview:
    """What confirming claims will move: items, and each programme's figure on the working date.

    `issued_otherwise`: numbers under which their documents were confirmed before with another number or other dates.
    """

    released: pl.DataFrame
    moved: tuple[Moved, ...] = ()
    issued_already: tuple[str, ...] = ()
    issued_otherwise: tuple[str, ...] = ()


def find(
    installation: Installation,
    actor: Actor,
    *,
    state: ClaimState | None = None,
    agency: str | None = None,
    item_id: int | None = None,
    claim_id: int | None = None,
    kind: ClaimKind | None = None,
    page: int = 1,
    size: int = 200,
) -> pl.DataFrame:
    """Claims with what they are about, oldest waiting first; drafts are seen only by the agency that answers for the item.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.READ_CLAIMS)
    return installation.database.read(
        "claims/list",
        working_day=installation.working_date,
        reader_agency=actor.agency_code or "",
        state=state.value if state else None,
        kind=kind.value if kind else None,
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
    return claim_of(row), row


def story(installation: Installation, actor: Actor, claim_id: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(what was done to a claim, oldest first; its files).

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    get(installation, actor, claim_id)
    read = installation.database.read
    return read("claims/story", claim_id=claim_id), read("claims/evidence", claim_id=claim_id)


def preview(installation: Installation, actor: Actor, claim_ids: Sequence[int]) -> Preview:
    """What confirming these claims together will move, computed from the ledger without writing.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    actor.require(Right.READ_CLAIMS)
    rows = installation.database.read(
        "claims/get_many", claims=sorted(set(claim_ids)), working_day=installation.working_date
    ).to_dicts()
    known = {row["claim_id"]: row for row in rows if may_read(actor, row["state"], row["answering_agency"])}
    for claim_id in claim_ids:
        if claim_id not in known:
            raise NotFound("claim_not_found", id=claim_id)
    coming, already, otherwise = {}, [], []
    chosen: dict[int, tuple[str, str | None, date]] = {}
    latest: dict[int, Row | None] = {}
    for claim in map(claim_of, known.values()):
        in_force_on = day(claim.content, "in_force_on")
        if claim.kind is not ClaimKind.ENACTED or claim.document_id is None or in_force_on is None:
            continue
        if claim.document_id not in latest:
            latest[claim.document_id] = installation.database.row(
                "documents/latest", document_id=claim.document_id
            )
        document = latest[claim.document_id]
        said = (number_key(claim.content.get("number") or ""), claim.content.get("issued_on"), in_force_on)
        if chosen.setdefault(claim.document_id, said) != said:
            otherwise.append(claim.content.get("number") or "–")  # another of these claims says it otherwise
        elif document is None or document["state"] != "issued":
            coming[claim.document_id] = in_force_on
        elif says_the_same(claim, document):
            already.append(document["number"])
        else:
            otherwise.append(document["number"])
    released = installation.database.read(
        "items/released_by", documents=list(coming), days=list(coming.values())
    )
    moment = installation.moment()
    moved = []
    for measure in figures.MEASURES:
        programme = dict(measure.params).get("programme")
        if measure.is_done and programme in released["programme_code"]:
            counted = released.filter(
                (pl.col("programme_code") == programme) & (pl.col("enacted_on") <= moment.as_of)
            )
            before = figures.compute(installation, measure.measure, moment)
            moved.append(Moved(str(programme), before, before.numerator + counted.height))
    return Preview(released, tuple(moved), tuple(already), tuple(otherwise))


def says_the_same(claim: Claim, document: Row) -> bool:
    """Whether an issued document is what the claim says of it: number, day of issue, day of coming into force."""
    return (
        number_key(claim.content.get("number") or "") == number_key(document["number"] or "")
        and day(claim.content, "issued_on") == document["issued_on"]
        and day(claim.content, "in_force_on") == document["in_force_on"]
    )


def claim_of(row: Row) -> Claim:
    """A row of the table `claim`, with who answers for its item, for its rules."""
    return Claim(
        claim_id=row["claim_id"],
        kind=ClaimKind(row["kind"]),
        item_id=row["item_id"],
        document_id=row["document_id"],
        agency_code=row["agency_code"],
        answering_agency=row["answering_agency"],
        state=ClaimState(row["state"]),
        content=json.loads(row["content"]),
        revision=row["revision"],
    )
