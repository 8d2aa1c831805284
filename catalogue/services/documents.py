"""Documents inside a transaction: registering one, recording that it was issued."""

from datetime import date

from catalogue.errors import Conflict, NotFound
from catalogue.model.document import issuer_of, number_key
from catalogue.store.database import Database, Row, Transaction


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
    """Record that a planned document was issued and when it comes into force.

    Raises: Conflict when it is issued already, or another document has this number, date and issuer.
    """
    document = get(transaction, document_id)
    if document["state"] == "issued":
        raise Conflict("document_issued_already", number=document["number"])
    issuer = document["issuer_code"] or issuer_of(
        document["type"], document["drafting_agency"] or agency_code
    )
    _take_identity(transaction, document_id, number, issued_on, issuer)
    transaction.append(
        "document_event",
        [
            {
                "event_id": transaction.new_id(),
                "document_id": document_id,
                "state": "issued",
                "planned_issue_on": document["planned_issue_on"],
                "number": number,
                "issued_on": issued_on,
                "in_force_on": in_force_on,
                # a plan recorded for a later day than the signature must not outlive it
                "effective_date": max(issued_on, document["effective_date"]),
                "claim_id": claim_id,
            }
        ],
    )


def come_into_force(transaction: Transaction, document_id: int, in_force_on: date) -> None:
    """Record the day an issued document comes into force, where another one was taken for it before.

    Raises: NotFound.
    """
    document = get(transaction, document_id)
    if document["in_force_on"] == in_force_on:
        return
    kept = ("state", "planned_issue_on", "number", "issued_on", "effective_date")
    transaction.append(
        "document_event",
        [
            {name: document[name] for name in kept}
            | {"event_id": transaction.new_id(), "document_id": document_id, "in_force_on": in_force_on}
        ],
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
    _take_identity(transaction, document_id, number, issued_on, issuer)
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


def _take_identity(
    transaction: Transaction, document_id: int, number: str, issued_on: date, issuer: str
) -> None:
    key = number_key(number)
    if transaction.row("documents/by_identity", number_key=key, issued_on=issued_on, issuer_code=issuer):
        raise Conflict("document_number_taken", number=number, issued_on=issued_on)
    transaction.append(
        "document_identity",
        [{"number_key": key, "issued_on": issued_on, "issuer_code": issuer, "document_id": document_id}],
    )
