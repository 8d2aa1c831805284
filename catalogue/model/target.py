"""Targets: whether a value meets one, and the status that follows, each with one written meaning (target.means_…)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from catalogue.model.pace import Pace
from catalogue.model.period import months_between


class Status(StrEnum):
    """Exactly one holds of a target and a value on a day."""

    REACHED = "reached"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"
    NO_DEADLINE = "no_deadline"
    UNJUDGED = "unjudged"


class Doubt(StrEnum):
    """Why a target cannot be judged."""

    NOT_SET = "not_set"  # on the day, its source did not exist yet
    NO_VALUE = "no_value"
    OTHER_MEASURE = "other_measure"
    BOUND = "bound"  # the value is a bound or an estimate that leaves it open
    STALE = "stale"  # the deadline has passed, and the last value is from before it
    NO_PACE = "no_pace"


@dataclass(frozen=True)
class Goal:
    """What is to be reached. `comparator`: eq (this much or more), ge, gt, le; `set_on`: since when, where known."""

    value: Decimal
    comparator: str
    deadline: date | None = None
    set_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """A value on a day, in the unit of the goal. `comparator`: eq, or the bound that a source printed instead."""

    value: Decimal
    as_of: date
    comparator: str = "eq"
    is_same: bool = True  # the same measure as the goal's


def judge(
    goal: Goal, reading: Reading | None, as_of: date, pace: Pace | None = None
) -> tuple[Status, Doubt | None]:
    """The status of a target on a day, and why where it cannot be judged. `reading`: no later than the day."""
    if goal.set_on is not None and as_of < goal.set_on:
        return Status.UNJUDGED, Doubt.NOT_SET
    if reading is None:
        return Status.UNJUDGED, Doubt.NO_VALUE
    if not reading.is_same:
        return Status.UNJUDGED, Doubt.OTHER_MEASURE
    is_met = meets(goal, reading)
    if is_met is None:
        return Status.UNJUDGED, Doubt.BOUND
    if is_met:
        return Status.REACHED, None
    if goal.deadline is None:
        return Status.NO_DEADLINE, None
    if as_of > goal.deadline:
        is_of_deadline = reading.as_of >= goal.deadline
        return (Status.MISSED, None) if is_of_deadline else (Status.UNJUDGED, Doubt.STALE)
    if pace is None:
        return Status.UNJUDGED, Doubt.NO_PACE
    is_enough = pace.months_left is not None and pace.months_left <= months_between(as_of, goal.deadline)
    return (Status.ON_PACE if is_enough else Status.BEHIND), None


def meets(goal: Goal, reading: Reading) -> bool | None:
    """Whether a value meets the goal; None where a bound or an estimate leaves it open."""
    value, wanted = reading.value, goal.value
    is_upper = reading.comparator in ("eq", "le")  # the true value is at most this
    is_lower = reading.comparator in ("eq", "ge", "gt")  # the true value is at least this
    is_over = is_lower and (value > wanted or (value == wanted and reading.comparator == "gt"))
    is_under = is_upper and value <= wanted
    if goal.comparator == "le":
        return True if is_under else False if is_over else None
    if goal.comparator == "gt":
        return True if is_over else False if is_under else None
    if is_lower and value >= wanted:
        return True
    return False if is_upper and value < wanted else None
