"""Stages and deadline states of an item, as named on screen and asked for in filters."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of a commitment on one base; which apply is a setting of the programme."""

    ASSIGNED = "assigned"
    APPROVED = "approved"
    ENACTED = "enacted"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"


class DeadlineState(StrEnum):
    """The four states of Decision 42/2014/QĐ-TTg, "due soon" beside them, and items without a deadline."""

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"
    STANDING = "standing"  # a task that never ends: outside due rates


class Progress(StrEnum):
    """Where an item stands, as one word of a filter."""

    DONE = "done"
    OPEN = "open"
    OPEN_IN_TIME = "open_in_time"  # open and not overdue, so with those due soon or without a deadline
    DUE = "due"  # done, or overdue: the base of the official rate of completion
    APPROVED = "approved"
    PUBLISHED = "published"
    NOT_PUBLISHED = "not_published"  # done, but no publication decision names it yet
    WITHDRAWN = "withdrawn"
