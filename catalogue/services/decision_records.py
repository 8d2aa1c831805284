"""The rows of a publication decision, inside a transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from catalogue.model.annex import Line
from catalogue.model.publication import Cited, Draft
from catalogue.model.timeliness import Milestone
from catalogue.services import documents, enactment
from catalogue.store.database import Row, Transaction


def append(transaction: Transaction, draft: Draft, *, was_known: bool) -> int:
    """The decision as a document (cited before, or new), what it says beside its annex, the documents it names; its id."""
    assert draft.issued_on is not None and draft.issuer is not None
    document_id = documents.register(
        transaction,
        document_type="decision",
        title=draft.title,
        number=draft.number,
        issued_on=draft.issued_on,
        issuer=draft.issuer,
        claim_id=None,
        in_force_on=draft.in_force_on,
    )
    if was_known:
        documents.come_into_force(transaction, document_id, draft.in_force_on or draft.issued_on)
        enactment.settle_documents(transaction, [document_id])
    row = {
        "document_id": document_id,
        "title": draft.title if was_known else None,
        "signer_name": draft.signer_name or None,
        "signer_position": draft.signer_position,
    }
    transaction.append("publication", [row])
    _append_cited(transaction, draft, document_id)
    append_days(
        transaction, document_id, {Milestone.ENTERED: draft.entered_on, Milestone.POSTED: draft.posted_on}
    )
    return document_id


def _append_cited(transaction: Transaction, draft: Draft, document_id: int) -> None:
    own: Row = {"document_id": document_id}
    transaction.append(
        "publication_basis",
        [
            own | {"position": position, "basis_id": _cite(transaction, basis, basis.type, basis.in_force_on)}
            for position, basis in enumerate(
                (replace(basis, issuer=basis.issued_by) for basis in draft.bases), start=1
            )
        ],
    )
    transaction.append(
        "publication_mirror",
        [own | {"mirrored_id": _cite(transaction, cited, "decision")} for cited in draft.mirrors],
    )
    transaction.append(
        "publication_supersession",
        [
            own
            | {
                "superseded_id": _cite(transaction, cited, "decision"),
                "extent": cited.extent.value,
                "note": cited.note or None,
            }
            for cited in draft.supersedes
        ],
    )


def append_lines(transaction: Transaction, document_id: int, annex: Sequence[Line]) -> None:
    """The lines of the annex, in their order."""
    lines = list(enumerate(annex, start=1))
    transaction.append(
        "publication_line",
        [
            {
                "document_id": document_id,
                "line": number,
                "action": line.action.value if line.action else None,
                "procedure_code": line.code,
                "extent": line.extent.value,
                "note": line.note or None,
            }
            for number, line in lines
        ],
    )
    transaction.append(
        "publication_replacement",
        [
            {"document_id": document_id, "line": number, "procedure_code": code}
            for number, line in lines
            for code in line.replaces
        ],
    )


def _cite(transaction: Transaction, cited: Cited, document_type: str, in_force_on: date | None = None) -> int:
    assert cited.issued_on is not None and cited.issuer is not None
    return documents.register(
        transaction,
        document_type=document_type,
        title=cited.number,
        number=cited.number,
        issued_on=cited.issued_on,
        issuer=cited.issuer,
        claim_id=None,
        in_force_on=in_force_on,
    )


def append_days(transaction: Transaction, document_id: int, days: Mapping[Milestone, date | None]) -> None:
    """When the decision was entered and posted, as far as known."""
    transaction.append(
        "publication_day",
        [
            {"document_id": document_id, "milestone": milestone.value, "happened_on": day}
            for milestone, day in days.items()
            if day
        ],
    )
