"""Evidence: files brought with a claim, kept once by content, shown to signed-in people only."""

import hashlib
from pathlib import PurePath

from catalogue.errors import Invalid, Issue, NotFound
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import may_read
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction

LARGEST_BYTES = 10 * 1024 * 1024
# What a file of each kind begins with: a name alone proves nothing.
_KINDS: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
}
SUFFIXES = tuple(_KINDS)


def add(transaction: Transaction, actor_id: int, claim_id: int, file_name: str, content: bytes) -> int:
    """Attach a file to a claim inside its transaction; returns the evidence id.

    Raises: Invalid when the file is empty, too large, or not what its name says.
    """
    name = PurePath(file_name.replace("\\", "/")).name[:200]
    media_type, signature = _KINDS.get(PurePath(name).suffix.lower(), ("", b""))
    if not content:
        raise Invalid("evidence_refused", issues=(Issue("file_empty", file=name),))
    if len(content) > LARGEST_BYTES:
        raise Invalid("evidence_refused", issues=(Issue("file_too_large", file=name, value="10 MB"),))
    if not media_type or not content.startswith(signature):
        raise Invalid("evidence_refused", issues=(Issue("file_kind", file=name, value=", ".join(SUFFIXES)),))
    digest = hashlib.sha256(content).hexdigest()
    evidence_id = transaction.new_id()
    if transaction.row("claims/evidence_known", sha256=digest) is None:
        transaction.insert("evidence_content", [{"sha256": digest, "content": content}])
    transaction.append(
        "evidence",
        [
            {
                "evidence_id": evidence_id,
                "claim_id": claim_id,
                "file_name": name,
                "media_type": media_type,
                "size_bytes": len(content),
                "sha256": digest,
                "actor_id": actor_id,
            }
        ],
    )
    return evidence_id


def content(installation: Installation, actor: Actor, evidence_id: int) -> Row:
    """file_name, media_type and content of one file.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    actor.require(Right.READ_CLAIMS)
    row = installation.database.row("claims/evidence_content", evidence_id=evidence_id)
    if row is None or not may_read(actor, row["claim_state"], row["agency_code"]):
        raise NotFound("evidence_not_found", id=evidence_id)
    return row
