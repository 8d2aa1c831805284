"""Files that people bring: what they may be, and each content kept once by its hash."""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from catalogue.errors import Invalid, Issue
from catalogue.store.database import Transaction

LARGEST_BYTES = 10 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
# What a file of each kind begins with, and what an Office file holds: a name alone proves nothing.
_KINDS: dict[str, tuple[str, bytes, str | None]] = {
    ".pdf": ("application/pdf", b"%PDF-", None),
    ".docx": (f"{_OFFICE}wordprocessingml.document", b"PK\x03\x04", "word/document.xml"),
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n", None),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff", None),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff", None),
}
SUFFIXES = tuple(_KINDS)
MEDIA_TYPES = tuple(dict.fromkeys(media_type for media_type, _, _ in _KINDS.values()))
File = tuple[str, bytes]


@dataclass(frozen=True)
class Attachment:
    """A file that was looked at."""

    file_name: str
    media_type: str
    sha256: str
    content: bytes = field(repr=False)

    @property
    def facts(self) -> dict[str, object]:
        """What the ledger keeps of it."""
        return {
            "file_name": self.file_name,
            "media_type": self.media_type,
            "size_bytes": len(self.content),
            "sha256": self.sha256,
        }


def checked(file: File) -> Attachment:
    """A file with its kind and hash.

    Raises: Invalid when it is empty, too large, or not what its name says.
    """
    file_name, content = file
    name = PurePath(file_name.replace("\\", "/")).name[:200]
    media_type, signature, member = _KINDS.get(PurePath(name).suffix.lower(), ("", b"", None))
    if not content:
        raise _refused("file_empty", name)
    if len(content) > LARGEST_BYTES:
        raise _refused("file_too_large", name, f"{LARGEST_BYTES // 1024**2} MB")
    if not media_type or not content.startswith(signature) or (member and not _holds(content, member)):
        raise _refused("file_kind", name, ", ".join(SUFFIXES))
    return Attachment(name, media_type, hashlib.sha256(content).hexdigest(), content)


def keep(transaction: Transaction, attachments: Iterable[Attachment]) -> None:
    """Keep the contents that are not kept yet."""
    by_digest = {one.sha256: one for one in attachments}
    known = set(transaction.read("attachments/known", digests=sorted(by_digest))["sha256"])
    new = [one for digest, one in by_digest.items() if digest not in known]
    transaction.insert("evidence_content", [{"sha256": one.sha256, "content": one.content} for one in new])


def _holds(content: bytes, member: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return member in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _refused(rule: str, name: str, value: str | None = None) -> Invalid:
    return Invalid("evidence_refused", issues=(Issue(rule, file=name, value=value),))
