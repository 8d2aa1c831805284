"""Files that a system sends before the claims that they prove: each waits a day until a claim names it by its sha256."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.errors import Conflict, Invalid, Issue
from catalogue.model.actor import Actor
from catalogue.services import api_tokens, attachments
from catalogue.services.attachments import Attachment, File
from catalogue.services.installation import Installation
from catalogue.store.database import Transaction

KEPT = timedelta(hours=24)
MOST_FILES = 200
MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Waiting:
    """A file that waits to be named by a claim, and until when."""

    attachment: Attachment
    until: datetime


def send(installation: Installation, actor: Actor, sha256: str, file: File) -> Waiting:
    """Keep a file until claims name it; the same content again only waits anew.

    Raises: NotSignedIn, Forbidden; Invalid when it is empty, too large, not what its name says or not what was sent;
    Conflict api_files_full when too much waits already.
    """
    actor_id = api_tokens.require_writing(installation, actor)
    found = attachments.checked(file)
    if found.sha256 != sha256:
        raise Invalid(
            "evidence_refused", issues=(Issue("file_digest", file=found.file_name, value=found.sha256),)
        )
    with installation.database.unrecorded() as transaction:
        api_tokens.require_living(transaction, actor_id)
        now = transaction.recorded_at
        transaction.write("api_files/forget", before=now - KEPT)
        others = transaction.row("api_files/waiting", actor_id=actor_id, sha256=sha256)
        assert others is not None
        if others["files"] >= MOST_FILES or others["bytes"] + len(found.content) > MOST_BYTES:
            raise Conflict("api_files_full", files=MOST_FILES, megabytes=MOST_BYTES // 1024**2)
        renewed = transaction.write(
            "api_files/renew", actor_id=actor_id, sha256=sha256, file_name=found.file_name, now=now
        )
        if not renewed:
            transaction.insert(
                "api_file",
                [
                    {
                        "actor_id": actor_id,
                        "sha256": sha256,
                        "file_name": found.file_name,
                        "media_type": found.media_type,
                        "content": found.content,
                        "sent_at": now,
                    }
                ],
            )
    return Waiting(found, now + KEPT)


def find(installation: Installation, actor: Actor, digests: Collection[str]) -> dict[str, Attachment]:
    """By sha256, the files that wait, and those that claims about items of the actor's agency bring already.

    Raises: NotSignedIn, Forbidden.
    """
    actor_id = api_tokens.require_writing(installation, actor)
    if not digests:
        return {}
    asked = sorted(set(digests))
    waiting = installation.database.read(
        "api_files/find", actor_id=actor_id, digests=asked, after=installation.database.clock() - KEPT
    )
    left = sorted(set(asked) - set(waiting["sha256"]))
    brought = installation.database.read(
        "api_files/evidence",
        agency=actor.agency_code,
        digests=left,
        working_day=installation.working_date,
    )
    return {
        row["sha256"]: Attachment(row["file_name"], row["media_type"], row["sha256"], row["content"])
        for frame in (waiting, brought)
        for row in frame.iter_rows(named=True)
    }


def named(transaction: Transaction, actor_id: int, digests: Collection[str]) -> None:
    """Let go of files that claims bring from this transaction on."""
    transaction.write("api_files/drop", actor_id=actor_id, digests=sorted(digests))
