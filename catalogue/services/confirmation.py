"""What a confirmed claim makes of the ledger: documents, events and the projection, inside its transaction."""

from datetime import date

import polars as pl

from catalogue.model.claim import Claim, ClaimKind
from catalogue.services import documents
from catalogue.store.database import Transaction


def apply(transaction: Transaction, claim: Claim) -> None:
    """Write the events of a claim that was just confirmed. An obstacle is answered, not counted: it makes none.

    Raises: Conflict when the document was issued before, or its number is taken.
    """
    match claim.kind:
        case ClaimKind.ENACTED:
            _enact(transaction, claim)
        case ClaimKind.PUBLISHED:
            _publish(transaction, claim)
        case ClaimKind.EXTENSION:
            _extend(transaction, claim)
        case ClaimKind.OBSTACLE:
            pass


def _enact(transaction: Transaction, claim: Claim) -> None:
    assert claim.document_id is not None
    in_force_on = _day(claim, "in_force_on")
    released = transaction.read(
        "items/released_by", document_id=claim.document_id, in_force_on=in_force_on
    ).filter(pl.col("is_complete"))
    documents.issue(
        transaction,
        claim.document_id,
        number=claim.content["number"],
        issued_on=_day(claim, "issued_on"),
        in_force_on=in_force_on,
        agency_code=claim.agency_code,
        claim_id=claim.claim_id,
    )
    for item in released.iter_rows(named=True):
        _event(transaction, claim, item["item_id"], "enacted", item["enacted_on"], claim.document_id)
        transaction.write(
            "items/set_enacted",
            item_id=item["item_id"],
            effective_date=item["enacted_on"],
            revision=transaction.revision,
        )


def _publish(transaction: Transaction, claim: Claim) -> None:
    issued_on = _day(claim, "issued_on")
    document_id = _register(transaction, claim, "decision", "Quyết định công bố thủ tục hành chính")
    _event(transaction, claim, claim.item_id, "published", issued_on, document_id)
    transaction.write(
        "items/set_published",
        item_id=claim.item_id,
        effective_date=issued_on,
        revision=transaction.revision,
    )


def _extend(transaction: Transaction, claim: Claim) -> None:
    deadline = _day(claim, "new_deadline")
    document_id = _register(transaction, claim, "letter", "Văn bản cho phép lùi thời hạn")
    _event(
        transaction,
        claim,
        claim.item_id,
        "deadline",
        _day(claim, "issued_on"),
        document_id,
        deadline=deadline,
        reason=claim.content["reason"],
    )
    transaction.write(
        "items/set_deadline", item_id=claim.item_id, deadline=deadline, revision=transaction.revision
    )


def _register(transaction: Transaction, claim: Claim, document_type: str, title: str) -> int:
    return documents.register(
        transaction,
        document_type=document_type,
        title=title,
        number=claim.content["number"],
        issued_on=_day(claim, "issued_on"),
        issuer=claim.agency_code,
        claim_id=claim.claim_id,
    )


def _event(
    transaction: Transaction,
    claim: Claim,
    item_id: int,
    subject: str,
    effective_date: date,
    document_id: int,
    *,
    deadline: date | None = None,
    reason: str | None = None,
) -> None:
    transaction.append(
        "item_event",
        [
            {
                "event_id": transaction.new_id(),
                "item_id": item_id,
                "subject": subject,
                "holds": True,
                "deadline": deadline,
                "effective_date": effective_date,
                "document_id": document_id,
                "claim_id": claim.claim_id,
                "reason": reason,
            }
        ],
    )


def _day(claim: Claim, field: str) -> date:
    return date.fromisoformat(claim.content[field])
