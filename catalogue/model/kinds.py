"""What a set of changes makes of a version: renamed, amended, abolished and so on; several at once."""

from collections.abc import Iterable

from catalogue.model.change import (
    Change,
    Disclosed,
    ForceChanged,
    ListChanged,
    PaperChanged,
    SpellingChanged,
    Withheld,
    part_of,
)

KINDS = ("abolished", "restored", "renamed", "levels", "amended", "disclosed", "republished", "spelling")


def kinds(changes: Iterable[Change]) -> frozenset[str]:
    """What a set of changes makes of a version; where it changes nothing, it is the record published again.

    A part of which more changed than its spelling or order counts for that only.
    """
    found = tuple(changes)
    said_anew = {part_of(change) for change in found if not says_the_same(change)}
    counted = (change for change in found if not (says_the_same(change) and part_of(change) in said_anew))
    return frozenset(map(_kind, counted)) or frozenset({"republished"})


def says_the_same(change: Change) -> bool:
    """Whether a change is one of spelling or order only."""
    match change:
        case SpellingChanged():
            return True
        case PaperChanged():
            return change.is_spelling
        case ListChanged():
            return change.is_order
    return False


def _kind(change: Change) -> str:
    if isinstance(change, ForceChanged):
        return "restored" if change.in_force else "abolished"
    if says_the_same(change):
        return "spelling"
    if isinstance(change, Disclosed | Withheld):
        return "disclosed"
    return {"name": "renamed", "levels": "levels", "decision": "republished"}.get(
        part_of(change) or "", "amended"
    )
