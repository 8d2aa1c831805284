"""What changed between two versions of a procedure, and the older version with the changes applied to it.

`apply(diff(old, new), old)` says what `new` says, and a diff is empty only where both say the same. Ids, dates and
the documents that legal bases were found to be are not part of what a version says.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from catalogue.model import channels, dossier
from catalogue.model.change import (
    BasesChanged,
    CaseRenamed,
    Change,
    Citation,
    DecisionChanged,
    Disclosed,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    ListChanged,
    NoteChanged,
    PaperAdded,
    PaperChanged,
    PaperDropped,
    Rewritten,
    SectorChanged,
    SetsChanged,
    SpellingChanged,
    TextChanged,
    TimeChanged,
    WayAdded,
    WayDropped,
    Withheld,
)
from catalogue.model.content import ROLES
from catalogue.model.version import Version
from catalogue.text import spelling_key

T = TypeVar("T")

_OF_VERSION = {"name": "name", "field_name": "field_name", "issuing_agency_text": "agency_name"} | {
    name: name for name in ("levels", "is_vertical", "procedure_type", "legal_bases")
}
_OF_DETAILS = (
    "dossier",
    "dossier_sets",
    "channels",
    "steps",
    "addressees",
    "results",
    "requirements",
    "description",
    "keywords",
    "address",
    "related",
)
PARTS = (*_OF_VERSION, *ROLES, *_OF_DETAILS, "decision")


@dataclass(frozen=True)
class Summary:
    """The changes in numbers; a number is None where the changes do not share one."""

    papers_dropped: int
    papers_added: int
    time: Decimal | None  # new minus old
    time_unit: str | None
    fee_vnd: int | None  # new minus old


def diff(old: Version, new: Version) -> tuple[Change, ...]:
    """Every change from one version to the next; empty where nothing differs."""
    return tuple(_changes(old, new))


def apply(changes: Iterable[Change], version: Version) -> Version:
    """The version after the changes, under the old id and date."""
    for change in changes:
        version = _applied(change, version)
    return version


def value_of(version: Version, part: str) -> Any:
    """What a version says of a part; None is unknown."""
    if part in _OF_VERSION:
        value = getattr(version, _OF_VERSION[part])
        if part == "legal_bases":
            return tuple(replace(basis, document_id=None) for basis in value or ()) or None
        return value if isinstance(value, bool) else value or None
    if part in ROLES:
        return version.agencies.get(part) or None
    details = version.details
    if part == "decision":
        cited = Citation(details.decision_number, details.decision_date)
        return cited if cited != Citation() else None
    return getattr(details, part)


def summarise(changes: Sequence[Change]) -> Summary:
    """Papers, time and fee of a set of changes, as one sentence can say them."""
    times = {
        (after.value - before.value, after.unit)
        for change in changes
        if isinstance(change, TimeChanged)
        for before, after in _pairs(change.old, change.new)
        if before.unit == after.unit and before.value is not None and after.value is not None
    }
    fees = {
        after.amount_vnd - before.amount_vnd
        for change in changes
        if isinstance(change, FeeChanged)
        for before, after in _pairs(change.old, change.new)
        if before.amount_vnd is not None and after.amount_vnd is not None
    }
    time, unit = next(iter(times)) if len(times) == 1 else (None, None)
    return Summary(
        papers_dropped=len({change.name for change in changes if isinstance(change, PaperDropped)}),
        papers_added=len({change.name for change in changes if isinstance(change, PaperAdded)}),
        time=time,
        time_unit=unit,
        fee_vnd=next(iter(fees)) if len(fees) == 1 else None,
    )


def _changes(old: Version, new: Version) -> Iterator[Change]:
    if old.in_force != new.in_force:
        yield ForceChanged(new.in_force)
    for part in PARTS:
        before, after = value_of(old, part), value_of(new, part)
        if before == after:
            continue
        if before is None:
            yield Disclosed(part, after)
        elif after is None:
            yield Withheld(part, before)
        else:
            yield from _of_part(part, before, after)


def _of_part(part: str, before: Any, after: Any) -> Iterator[Change]:
    match part:
        case "levels":
            yield LevelsChanged(tuple(sorted(before - after)), tuple(sorted(after - before)))
        case "is_vertical":
            yield SectorChanged(after)
        case "legal_bases":
            yield BasesChanged(before, after)
        case "dossier":
            yield from dossier.changes(before, after)
        case "channels":
            yield from channels.changes(before, after)
        case "dossier_sets":
            yield SetsChanged(before, after)
        case "decision":
            yield DecisionChanged(before, after)
        case _ if isinstance(before, str):
            same = spelling_key(before) == spelling_key(after)
            yield SpellingChanged(part, before, after) if same else TextChanged(part, before, after)
        case _:
            same = list(map(spelling_key, before)) == list(map(spelling_key, after))
            yield SpellingChanged(part, before, after) if same else ListChanged(part, before, after)


def _applied(change: Change, version: Version) -> Version:
    match change:
        case ForceChanged(in_force):
            return replace(version, in_force=in_force)
        case LevelsChanged(dropped, added):
            return replace(version, levels=version.levels - set(dropped) | set(added))
        case SectorChanged(new):
            return _with(version, "is_vertical", new)
        case BasesChanged(_, bases):
            return _with(version, "legal_bases", bases)
        case SetsChanged(_, sets):
            return _with(version, "dossier_sets", sets)
        case DecisionChanged(_, cited):
            return _with(version, "decision", cited)
        case CaseRenamed() | PaperDropped() | PaperAdded() | PaperChanged():
            return _with(version, "dossier", dossier.applied(change, version.details.dossier or ()))
        case WayDropped() | WayAdded() | TimeChanged() | FeeChanged() | NoteChanged():
            return _with(version, "channels", channels.applied(change, version.details.channels or ()))
        case Withheld(part):
            return _with(version, part, None)
        case TextChanged() | SpellingChanged() | ListChanged() | Rewritten() | Disclosed():
            return _with(version, change.part, change.new)


def _with(version: Version, part: str, value: Any) -> Version:
    if part in ROLES:
        others = {role: names for role, names in version.agencies.items() if role != part}
        return replace(version, agencies=others | ({part: value} if value else {}))
    if part in _OF_VERSION:
        empty: Any = {"name": "", "levels": frozenset()}.get(part)
        changed: dict[str, Any] = {_OF_VERSION[part]: empty if value is None else value}
        return replace(version, **changed)
    if part == "decision":
        cited: Citation = value or Citation()
        dated = replace(version.details, decision_number=cited.number, decision_date=cited.issued_on)
        return replace(version, details=dated)
    return replace(version, details=replace(version.details, **{part: value}))


def _pairs(old: Sequence[T] | None, new: Sequence[T] | None) -> Iterator[tuple[T, T]]:
    """Old and new side by side, where there are as many of both."""
    return zip(old, new, strict=True) if old and new and len(old) == len(new) else iter(())
