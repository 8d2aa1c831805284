"""Whether the catalogue's record shows a promised cut: a check beside the stages, which blocks and uncounts nothing.

architecture.md, idea 3. A record that was published again after the item's enactment and does not show the cut differs;
until then it is not visible yet. What a record cannot show is not judged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from catalogue.model.change import (
    Change,
    Disclosed,
    FeeChanged,
    TimeChanged,
    WayAdded,
    WayDropped,
    Withheld,
    part_of,
)
from catalogue.model.diff import value_of
from catalogue.model.measure import Decider, Measure, Reason, Shown
from catalogue.model.shown import shown
from catalogue.model.version import Version

__all__ = [
    "Decider", "Finding", "Measure", "Naming", "Outcome", "Reason", "Record", "Shown", "Verdict", "evidence", "judge", "outcome", "worst",
]  # fmt: skip


class Verdict(StrEnum):
    """What the record shows of a promise, the worst first."""

    DIFFERS = "differs"
    NOT_VISIBLE = "not_visible"
    UNKNOWN = "unknown"
    MATCHES = "matches"


class Outcome(StrEnum):
    """Where an item stands in the check, as asked for in filters: a difference is to be answered."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    NOT_VISIBLE = "not_visible"
    UNKNOWN = "unknown"
    MATCHES = "matches"


class Naming(StrEnum):
    """Whether a publication decision names an item's procedure, as far as it is registered."""

    NAMED = "named"
    NOT_NAMED = "not_named"
    NOT_REGISTERED = "not_registered"


@dataclass(frozen=True)
class Record:
    """A procedure's record around a promise: when it was assigned, on the eve of its enactment, and now.

    `is_republished`: a publication decision wrote it, or names it, since the enactment.
    """

    before: Version | None
    now: Version | None
    is_republished: bool = False
    at_enactment: Version | None = None
    replaced_by: str | None = None


@dataclass(frozen=True)
class Finding:
    """The verdict on one measure, and what it rests on."""

    measure: Measure
    verdict: Verdict
    shown: Shown


# What of a record each measure is about.
_PARTS: dict[str, tuple[str, ...]] = {
    "fewer_documents": ("dossier",),
    "data_for_documents": ("dossier",),
    "simpler_form": ("dossier",),
    "shorter_time": ("times",),
    "lower_fee": ("fees",),
    "fewer_conditions": ("requirements",),
    "full_online": ("ways",),
    "decentralise": ("levels", "competent", "implementing", "authorised"),
    "interlink": ("name", "steps", "description", "related"),
    "longer_validity": ("results", "steps", "description"),
    "merge": ("name", "description"),
    "post_check": ("name", "steps", "description", "results"),
}


def judge(measure: Measure, record: Record) -> Finding:
    """What the record shows of one measure."""
    found = _found(measure, record)
    if found.as_promised is None:
        verdict = Verdict.UNKNOWN
    elif found.as_promised:
        verdict = Verdict.MATCHES
    else:
        verdict = Verdict.DIFFERS if _is_seen(measure.type, record) else Verdict.NOT_VISIBLE
    return Finding(measure, verdict, found)


def worst(findings: Iterable[Finding]) -> Verdict:
    """The verdict on an item: the worst of its measures; unknown where nothing measurable was promised."""
    order = list(Verdict)
    return min((finding.verdict for finding in findings), key=order.index, default=Verdict.UNKNOWN)


def outcome(verdict: Verdict, *, is_answered: bool) -> Outcome:
    """The verdict with the answer of the ministry, which only a difference asks for."""
    if verdict is Verdict.DIFFERS:
        return Outcome.ANSWERED if is_answered else Outcome.UNANSWERED
    return Outcome(verdict.value)


def evidence(measure_type: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes between two records that bear on a measure."""
    return tuple(change for change in changes if _bears(measure_type, change))


def _found(measure: Measure, record: Record) -> Shown:
    if record.now is None:
        return Shown(None, Reason.NO_RECORD)
    if not record.now.in_force:
        return Shown(None, Reason.REPLACED) if record.replaced_by else Shown(True, Reason.ABOLISHED)
    if measure.type == "abolish":
        return Shown(False, Reason.IN_FORCE)
    return shown(measure, record.before, record.now) if record.before else Shown(None, Reason.NO_RECORD)


def _is_seen(measure_type: str, record: Record) -> bool:
    """Whether the record has spoken of the matter since the enactment."""
    if record.is_republished or record.at_enactment is None or record.now is None:
        return record.is_republished
    earlier, now = record.at_enactment, record.now
    return any(_said(earlier, part) != _said(now, part) for part in _PARTS.get(measure_type, ()))


def _said(version: Version, part: str) -> Any:
    match part:
        case "times":
            return version.details.times
        case "fees":
            return version.details.fees
        case "ways":
            return {channel.way for channel in version.details.channels or ()}
    return value_of(version, part)


def _bears(measure_type: str, change: Change) -> bool:
    part, parts = part_of(change), _PARTS.get(measure_type, ())
    match change:
        case TimeChanged():
            return "times" in parts
        case FeeChanged():
            return "fees" in parts
        case WayAdded() | WayDropped():
            return "ways" in parts
        case Disclosed() | Withheld() if part == "channels":
            return bool({"times", "fees", "ways"} & set(parts))
    return part is None or part in parts
