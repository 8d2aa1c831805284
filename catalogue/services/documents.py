"""Documents inside a transaction: citing, planning and registering one, recording that it was issued."""

from dataclasses import dataclass
from datetime import date

from catalogue.errors import Conflict, NotFound
from catalogue.model.document import issuer_of, number_key
from catalogue.store.database import Database, Row, Transaction


@dataclass(frozen=True)
class Basis:
    """An issued document that is cited: type, number, day and issuer identify it."""

    type: str
    number: str
    issued_on: date
    title: str
    issuer: str


def get(transaction: Transaction, document_id: int) -> Row:
    """A document with its latest recorded state.

    Raises: NotFound.
    """
    row = transaction.row("documents/latest", document_id=document_id)
    if row is None:
        raise NotFound("document_not_found", id=document_id)
    return row


def issue(
    transaction: Transaction,
    document_id: int,
    *,
    number: str,
    issued_on: date,
    in_force_on: date,
    agency_code: str,
    claim_id: int | None,
) -> None:
    """Record that a planned document was issued, by which agency where its type does not say so, and when it comes into
    force.

    Raises: Conflict when it is issued already, or another document has this number, date and issuer.
    """
    document = get(transaction, document_id)
    if document["state"] == "issued":
        raise Conflict("document_issued_already", number=document["number"])
    issuer = document["issuer_code"] or issuer_of(document["type"], agency_code)
    take_identity(transaction, document_id, number, issued_on, issuer)
    hold_from(
        transaction,
        document_id,
        issued_on,
        {
            "state": "issued",
            "planned_issue_on": document["planned_issue_on"],
            "number": number,
            "issued_on": issued_on,
            "in_force_on": in_force_on,
            "title": document["title"],
            "drafting_agency": document["drafting_agency"],
            "claim_id": claim_id,
        },
    )


def hold_from(
    transaction: Transaction, document_id: int, day: date, fact: Row, *, until: date | None = None
) -> None:
    """Record what holds of a document from a day on, or until before another one.

    It is told again on each later day for which something else was recorded: a plan that was moved after the signature
    must not outlive it.
    """
    recorded = transaction.read("documents/days", document_id=document_id)["effective_date"]
    days = {day, *(one for one in recorded if one > day)}
    transaction.append(
        "document_event",
        [
            fact | {"event_id": transaction.new_id(), "document_id": document_id, "effective_date": one}
            for one in sorted(days)
            if until is None or one < until
        ],
    )


def come_into_force(transaction: Transaction, document_id: int, in_force_on: date) -> None:
    """Record the day an issued document comes into force, where another one was taken for it before.

    Raises: NotFound.
    """
    document = get(transaction, document_id)
    if document["in_force_on"] == in_force_on:
        return
    kept = ("state", "planned_issue_on", "number", "issued_on", "effective_date", "title", "drafting_agency")
    transaction.append(
        "document_event",
        [
            {name: document[name] for name in kept}
            | {"event_id": transaction.new_id(), "document_id": document_id, "in_force_on": in_force_on}
        ],
    )


def plan(
    transaction: Transaction,
    *,
    document_type: str,
    title: str,
    drafting_agency: str | None,
    planned_issue_on: date | None,
    effective_date: date,
) -> int:
    """Record a document that has yet to be issued; returns its id."""
    document_id = transaction.new_id()
    known = {
        "document_id": document_id,
        "type": document_type,
        "title": title,
        "drafting_agency": drafting_agency,
    }
    transaction.append("document", [known | {"issuer_code": None}])
    transaction.append(
        "document_event",
        [
            {
                "event_id": transaction.new_id(),
                "document_id": document_id,
                "state": "planned",
                "planned_issue_on": planned_issue_on,
                "effective_date": effective_date,
            }
        ],
    )
    return document_id


def cite(transaction: Transaction, basis: Basis) -> int:
    """The id of a cited document, registered now if it is not known yet."""
    return register(
        transaction,
        document_type=basis.type,
        title=basis.title,
        number=basis.number,
        issued_on=basis.issued_on,
        issuer=basis.issuer,
        claim_id=None,
    )


def known(
    reader: Database | Transaction, number: str, issued_on: date | None, issuer: str | None
) -> int | None:
    """The issued document of this number, day and issuer; None where there is none."""
    row = reader.row(
        "documents/by_identity", number_key=number_key(number), issued_on=issued_on, issuer_code=issuer
    )
    return row["document_id"] if row else None


def register(
    transaction: Transaction,
    *,
    document_type: str,
    title: str,
    number: str,
    issued_on: date,
    issuer: str,
    claim_id: int | None,
    in_force_on: date | None = None,
) -> int:
    """The id of an issued document with this identity, registered now if it is not known yet.

    Without another day it is in force from its issue.
    """
    document_id = known(transaction, number, issued_on, issuer)
    if document_id is not None:
        return document_id
    document_id = transaction.new_id()
    take_identity(transaction, document_id, number, issued_on, issuer)
    transaction.append(
        "document",
        [
            {
                "document_id": document_id,
                "type": document_type,
                "title": title,
                "issuer_code": issuer,
                "drafting_agency": None,
            }
        ],
    )
    transaction.append(
        "document_event",
        [
            {
                "event_id": transaction.new_id(),
                "document_id": document_id,
                "state": "issued",
                "number": number,
                "issued_on": issued_on,
                "in_force_on": in_force_on or issued_on,
                "effective_date": issued_on,
                "claim_id": claim_id,
            }
        ],
    )
    return document_id


def take_identity(
    transaction: Transaction, document_id: int, number: str, issued_on: date, issuer: str
) -> None:
    """Give a number, day and issuer to a document for good; what it was given before stays its own too.

    Raises: Conflict when it is another document's.
    """
    key = number_key(number)
    owner = known(transaction, number, issued_on, issuer)
    if owner == document_id:
        return
    if owner is not None:
        raise Conflict("document_number_taken", number=number, issued_on=issued_on)
    transaction.append(
        "document_identity",
        [{"number_key": key, "issued_on": issued_on, "issuer_code": issuer, "document_id": document_id}],
    )
