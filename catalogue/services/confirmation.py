"""What a confirmed claim makes of the ledger: documents, events and the projection, inside its transaction."""

from datetime import date

from catalogue.errors import Conflict
from catalogue.model.claim import Claim, ClaimKind, day
from catalogue.services import documents, enactment
from catalogue.services.claim_reading import says_the_same
from catalogue.store.database import Transaction


def apply(transaction: Transaction, claim: Claim) -> None:
    """Write the events of a claim that was just confirmed.

    An obstacle and the reason of a difference are answers, not stages: they make none.
    Raises: Conflict when the document was issued before with another number or other dates, its number is taken, or
    the annex of a publication decision does not name the procedure.
    """
    match claim.kind:
        case ClaimKind.ENACTED:
            _enact(transaction, claim)
        case ClaimKind.APPROVED:
            document_id = _register(transaction, claim, "decision", "Quyết định phê duyệt phương án")
            _event(transaction, claim, "approved", _day(claim, "issued_on"), document_id)
        case ClaimKind.PUBLISHED:
            document_id = _register(transaction, claim, "decision", "Quyết định công bố thủ tục hành chính")
            _require_named(transaction, claim, document_id)
            _event(transaction, claim, "published", _day(claim, "issued_on"), document_id)
        case ClaimKind.COMPLETED:
            has_document = claim.content.get("number") and day(claim.content, "issued_on")
            proof = (
                _register(transaction, claim, "other", "Văn bản hoàn thành nhiệm vụ")
                if has_document
                else None
            )
            _event(transaction, claim, "confirmed", _day(claim, "done_on"), proof)
        case ClaimKind.EXTENSION:
            document_id = _register(transaction, claim, "letter", "Văn bản cho phép lùi thời hạn")
            _event(
                transaction,
                claim,
                "deadline",
                _day(claim, "issued_on"),
                document_id,
                deadline=_day(claim, "new_deadline"),
                reason=claim.content["reason"],
            )
        case ClaimKind.OBSTACLE | ClaimKind.DIFFERENCE:
            pass


def _enact(transaction: Transaction, claim: Claim) -> None:
    """One confirmed instrument serves every item that needs it, whichever item the claim is about."""
    assert claim.document_id is not None
    document = documents.get(transaction, claim.document_id)
    if document["state"] != "issued":
        documents.issue(
            transaction,
            claim.document_id,
            number=claim.content["number"],
            issued_on=_day(claim, "issued_on"),
            in_force_on=_day(claim, "in_force_on"),
            agency_code=claim.agency_code,
            claim_id=claim.claim_id,
        )
    elif not says_the_same(claim, document):
        raise Conflict("document_issued_already", number=document["number"])
    enactment.settle_documents(transaction, [claim.document_id], claim_id=claim.claim_id)


def _require_named(transaction: Transaction, claim: Claim, document_id: int) -> None:
    """A decision whose annex is recorded publishes only what it names; one that is not recorded yet is taken by its word."""
    code = transaction.read("items/states", items=[claim.item_id]).row(0, named=True)["procedure_code"]
    row = transaction.row(
        "promises/publication", document_id=document_id, procedure_code=code, revision=transaction.revision
    )
    if code and row and row["is_registered"] and not row["is_named"]:
        raise Conflict("decision_does_not_name", number=claim.content["number"], procedure=code)


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
    subject: str,
    effective_date: date,
    document_id: int | None,
    *,
    deadline: date | None = None,
    reason: str | None = None,
) -> None:
    transaction.append(
        "item_event",
        [
            {
                "event_id": transaction.new_id(),
                "item_id": claim.item_id,
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
    enactment.project(transaction, [claim.item_id])


def _day(claim: Claim, field: str) -> date:
    return date.fromisoformat(claim.content[field])
