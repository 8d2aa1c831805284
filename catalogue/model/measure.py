"""What an item promises of a procedure's record, and what a record can show of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Reason(StrEnum):
    """What a verdict rests on."""

    ABOLISHED = "abolished"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    LOWERED = "lowered"
    SHORT_OF_PROMISE = "short_of_promise"
    SAME = "same"
    RAISED = "raised"
    OTHER_UNIT = "other_unit"
    NOT_STATED = "not_stated"
    PAPER_GONE = "paper_gone"
    PAPER_ASKED = "paper_asked"
    FORM_CHANGED = "form_changed"
    FORM_SAME = "form_same"
    REWORDED = "reworded"
    SHORTENED = "shortened"
    ONLINE_OPEN = "online_open"
    ONLINE_MISSING = "online_missing"
    ONLINE_BEFORE = "online_before"
    MENTIONED = "mentioned"
    MOVED_DOWN = "moved_down"
    NOT_MOVED = "not_moved"
    OTHER_LEVEL = "other_level"
    LEVEL_ENDED = "level_ended"
    OTHER_AGENCY = "other_agency"
    AUTHORISED = "authorised"
    NOT_AUTHORISED = "not_authorised"
    CANNOT_SHOW = "cannot_show"
    NO_RECORD = "no_record"


@dataclass(frozen=True)
class Decider:
    """Who decides once a decision is given away, as a record may say it.

    `names`: what the agency or the body that is named may be called (none: the level alone is named); `is_authorised`: it
    decides in the name of who keeps the authority; `ended`: levels that are no more, and since when.
    """

    level: str
    names: tuple[str, ...] = ()
    is_authorised: bool = False
    ended: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class Measure:
    """A promised measure; `to`: who decides once a decentralised procedure has moved."""

    type: str
    before_text: str | None = None
    after_text: str | None = None
    to: Decider | None = None


@dataclass(frozen=True)
class Shown:
    """What a record shows: True as promised, False something else, None nothing that can be judged."""

    as_promised: bool | None
    reason: Reason
    was: Decimal | None = None
    now: Decimal | None = None
    promised: Decimal | None = None
    unit: str | None = None
    levels: tuple[str, ...] = ()  # of a decision: what the record says
    agencies: tuple[str, ...] = ()
    since: date | None = None  # of a level that the record names: the first day without it
