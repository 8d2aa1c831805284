"""What was answered to a request with an idempotency key: the same request again is answered so again, and done once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from catalogue.errors import Invalid
from catalogue.model.actor import Actor, Right
from catalogue.services.installation import Installation
from catalogue.store.database import Transaction

KEPT = timedelta(days=7)

# What keeps an answer in the transaction that does what is answered.
Keep = Callable[[Transaction, str], None]

# One process writes the file: who sends a request twice at once waits here, and then reads what was answered. A few
# locks for all keys: two keys that share one only wait for each other.
_LOCKS = tuple(threading.Lock() for _ in range(64))


def once(
    installation: Installation, actor: Actor, key: str, request_sha256: str, do: Callable[[Keep], str]
) -> tuple[str, bool]:
    """(the answer, whether it was given before). `do` does what is asked, keeps the answer with it, and returns it; what it
    refuses is not kept: a request that was mended may use its key again.

    Raises: NotSignedIn, Forbidden, Invalid api_key_reused for another request under the same key, whatever `do` raises.
    """
    actor_id = actor.require(Right.WRITE_CLAIMS)
    with _LOCKS[hash((actor_id, key)) % len(_LOCKS)]:
        row = installation.database.row("api_answers/find", actor_id=actor_id, key=key)
        if row is None:
            return do(partial(_keep, actor_id, key, request_sha256)), False
    if row["request_sha256"] != request_sha256:
        raise Invalid("api_key_reused")
    return str(row["body"]), True


def _keep(actor_id: int, key: str, request_sha256: str, transaction: Transaction, body: str) -> None:
    transaction.write("api_answers/forget", before=transaction.recorded_at - KEPT)
    transaction.insert(
        "api_answer",
        [
            {
                "actor_id": actor_id,
                "key": key,
                "request_sha256": request_sha256,
                "body": body,
                "answered_at": transaction.recorded_at,
            }
        ],
    )
