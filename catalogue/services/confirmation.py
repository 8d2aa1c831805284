"""What a confirmed claim makes of the ledger: documents, events and the projection, inside its transaction."""

from datetime import date

from catalogue.errors import Conflict
from catalogue.model.claim import Claim, ClaimKind, day
from catalogue.services import answering, documents, enactment
from catalogue.services.claim_reading import says_the_same
from catalogue.store.database import Row, Transaction


def apply(transaction: Transaction, claim: Claim, item: Row) -> None:
    """Write the events of a claim about an item that was just confirmed.

    An obstacle and the reason of a difference are answers, not stages: they make none.
    Raises: Conflict when the document was issued before with another number or other dates, its number is taken, or
    the annex of a publication decision does not name the procedure.
    """
    match claim.kind:
        case ClaimKind.ENACTED:
            _enact(transaction, claim, item)
        case ClaimKind.APPROVED:
            document_id = _register(transaction, claim, item, "decision", "Quyết định phê duyệt phương án")
            _event(transaction, claim, "approved", _day(claim, "issued_on"), document_id)
        case ClaimKind.PUBLISHED:
            document_id = _register(
                transaction, claim, item, "decision", "Quyết định công bố thủ tục hành chính"
            )
            _require_named(transaction, claim, item, document_id)
            _event(transaction, claim, "published", _day(claim, "issued_on"), document_id)
        case ClaimKind.COMPLETED:
            has_document = claim.content.get("number") and day(claim.content, "issued_on")
            proof = (
                _register(transaction, claim, item, "other", "Văn bản hoàn thành nhiệm vụ")
                if has_document
                else None
            )
            _event(transaction, claim, "confirmed", _day(claim, "done_on"), proof)
        case ClaimKind.EXTENSION:
            document_id = _register(transaction, claim, item, "letter", "Văn bản cho phép lùi thời hạn")
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


def _enact(transaction: Transaction, claim: Claim, item: Row) -> None:
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
            agency_code=_issuing(transaction, item, document["drafting_agency"], _day(claim, "issued_on")),
            claim_id=claim.claim_id,
        )
    elif not says_the_same(claim, document):
        raise Conflict("document_issued_already", number=document["number"])
    enactment.settle_documents(transaction, [claim.document_id], claim_id=claim.claim_id)


def _require_named(transaction: Transaction, claim: Claim, item: Row, document_id: int) -> None:
    """A decision whose annex is recorded publishes only what it names; one that is not recorded yet is taken by its word."""
    code = item["procedure_code"]
    row = transaction.row(
        "promises/publication", document_id=document_id, procedure_code=code, revision=transaction.revision
    )
    if code and row and row["is_registered"] and not row["is_named"]:
        raise Conflict("decision_does_not_name", number=claim.content["number"], procedure=code)


def _register(transaction: Transaction, claim: Claim, item: Row, document_type: str, title: str) -> int:
    return documents.register(
        transaction,
        document_type=document_type,
        title=title,
        number=claim.content["number"],
        issued_on=_day(claim, "issued_on"),
        issuer=_answering(transaction, item, _day(claim, "issued_on")),
        claim_id=claim.claim_id,
    )


def _issuing(transaction: Transaction, item: Row, drafting_agency: str | None, day: date) -> str:
    """Who issued on a day what an agency had drafted: itself, or whoever had succeeded it for the item by then."""
    if drafting_agency in (None, item["lead_agency"]):
        return _answering(transaction, item, day)
    heir = transaction.row("instruments/heir", agency=drafting_agency, day=day)
    return str(heir["agency_code"]) if heir else str(drafting_agency)


def _answering(transaction: Transaction, item: Row, day: date) -> str:
    """Who answered for an item on a day; where nobody succeeded its lead until now, nobody had by then."""
    if item["lead_agency"] == item["answering_agency"]:
        return str(item["lead_agency"])
    return answering.of_items(transaction, [item["item_id"]], day)[item["item_id"]]


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
