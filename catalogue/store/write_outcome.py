"""How a write transaction ended, in words of a closed list."""

from catalogue.errors import CatalogueError, Conflict, StaleVersion, StoreError

COMMITTED = "committed"
CONFLICTS = ("stale_version", "conflict")  # somebody else was first
KINDS = ("recorded", "unrecorded")  # with a revision of its own, or without: sessions, staged batches
OUTCOMES = (COMMITTED, *CONFLICTS, "refused", "failed")


def of(error: BaseException) -> str:
    """What broke a transaction off: somebody else's write, a rule of ours, or anything that nobody meant."""
    if isinstance(error, StaleVersion):
        return "stale_version"
    if isinstance(error, Conflict):
        return "conflict"
    return "refused" if isinstance(error, CatalogueError) and not isinstance(error, StoreError) else "failed"
