"""Evidence: files brought with a claim, kept once by content, shown to signed-in people only."""

from collections.abc import Sequence

from catalogue.errors import NotFound
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import may_read
from catalogue.services import attachments
from catalogue.services.attachments import LARGEST_BYTES, SUFFIXES, Attachment, File
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction

__all__ = ["LARGEST_BYTES", "SUFFIXES", "File", "add_many", "content", "remove"]


def add_many(transaction: Transaction, actor_id: int, files: Sequence[tuple[int, File]]) -> None:
    """Attach files to claims (by claim id) inside their transaction; one file may serve many claims.

    Raises: Invalid when a file is empty, too large, or not what its name says.
    """
    looked_at: dict[int, Attachment] = {}
    rows = []
    for claim_id, file in files:
        attachment = looked_at.get(id(file[1])) or attachments.checked(file)
        looked_at[id(file[1])] = attachment
        rows.append(
            attachment.facts
            | {"evidence_id": transaction.new_id(), "claim_id": claim_id, "actor_id": actor_id}
        )
    attachments.keep(transaction, looked_at.values())
    transaction.append("evidence", rows)


def remove(transaction: Transaction, actor_id: int, claim_id: int, evidence_id: int) -> None:
    """Record that a file of a claim was taken out again.

    Raises: NotFound.
    """
    files = transaction.read("claims/evidence", claim_id=claim_id)
    if evidence_id not in files["evidence_id"]:
        raise NotFound("evidence_not_found", id=evidence_id)
    transaction.append("evidence_removal", [{"evidence_id": evidence_id, "actor_id": actor_id}])


def content(installation: Installation, actor: Actor, evidence_id: int) -> Row:
    """file_name, media_type and content of one file.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    actor.require(Right.READ_CLAIMS)
    row = installation.database.row(
        "claims/evidence_content", evidence_id=evidence_id, working_day=installation.working_date
    )
    is_own = row is not None and actor.agency_code == row["answering_agency"]
    if (
        row is None
        or not may_read(actor, row["claim_state"], row["answering_agency"])
        or (row["is_removed"] and not is_own)
    ):
        raise NotFound("evidence_not_found", id=evidence_id)
    return row
