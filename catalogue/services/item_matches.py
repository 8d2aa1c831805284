"""Which procedure an item means that was loaded without one: found later by a person, kept as a fact beside the item."""

from dataclasses import dataclass

from catalogue.errors import Conflict, Invalid, Issue, NotFound, StaleVersion
from catalogue.model.actor import Actor, Right
from catalogue.services.installation import Installation
from catalogue.services.proposals import Proposal, names_on
from catalogue.store.database import Database, Row, Transaction
from catalogue.text import clean


@dataclass(frozen=True)
class Matching:
    """What an item means so far; `revision` is the lock of the next match."""

    item_id: int
    title: str
    field_name: str
    loaded_code: str | None
    matched_code: str | None
    revision: int


def get(installation: Installation, item_id: int) -> Matching:
    """The procedure of an item and how it is known.

    Raises: NotFound.
    """
    return _matching(_row(installation.database, item_id, installation.moment().revision))


def propose(installation: Installation, matching: Matching) -> tuple[Proposal, ...]:
    """The procedures in force that an item may mean, by its name and field."""
    names = names_on(installation, installation.moment().revision, installation.working_date)
    return names.find(matching.title, matching.field_name)


def match(installation: Installation, actor: Actor, item_id: int, code: str | None, *, revision: int) -> None:
    """Record the procedure that an item means; None: none after all.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion; Invalid for an item that was loaded with a code, or a code
    that the catalogue lacks; Conflict when its document assigns that procedure by another item.
    """
    actor_id = actor.require(Right.MANAGE_PROGRAMMES)
    code = clean(code or "") or None
    with installation.database.transaction("item.match", actor_id) as transaction:
        row = _row(transaction, item_id, transaction.revision)
        if row["match_revision"] != revision:
            raise StaleVersion(id=item_id)
        if row["loaded_code"]:
            raise Invalid("item_has_procedure", procedure=row["loaded_code"])
        if code == row["matched_code"]:
            raise Invalid("nothing_changed")
        if code:
            _require_known(installation, transaction, row, code)
        transaction.append("item_match", [{"item_id": item_id, "procedure_code": code, "actor_id": actor_id}])


def _require_known(installation: Installation, transaction: Transaction, row: Row, code: str) -> None:
    known = transaction.row(
        "plans/procedures", codes=[code], as_of=installation.working_date, revision=transaction.revision
    )
    if known is None:
        raise Invalid("match_refused", issues=(Issue("plan_code_not_known", column="code", value=code),))
    other = transaction.row(
        "item_matches/others",
        programme=row["programme_code"],
        assigned_by=row["assigned_by"],
        item_id=row["item_id"],
        code=code,
        revision=transaction.revision,
    )
    if other is not None:
        raise Conflict("item_assigned_already", title=other["title"])


def _row(reader: Database | Transaction, item_id: int, revision: int) -> Row:
    row = reader.row("item_matches/get", item_id=item_id, revision=revision)
    if row is None:
        raise NotFound("item_not_found", id=item_id)
    return row


def _matching(row: Row) -> Matching:
    return Matching(
        item_id=row["item_id"],
        title=row["title"],
        field_name=row["field_name"] or "",
        loaded_code=row["loaded_code"],
        matched_code=row["matched_code"],
        revision=row["match_revision"],
    )
