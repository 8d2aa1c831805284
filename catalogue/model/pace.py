"""Pace: arithmetic of progress over a stated window, never a prediction."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalogue.model.period import Moment


class Window(StrEnum):
    """From when progress is counted: the last published point, or so many months back."""

    PUBLISHED = "published"
    THREE_MONTHS = "3"
    SIX_MONTHS = "6"
    TWELVE_MONTHS = "12"

    @property
    def months(self) -> int | None:
        """How many months it goes back; None where a published point says when it begins."""
        return None if self is Window.PUBLISHED else int(self.value)


class Refusal(StrEnum):
    """Why no pace is computed: fewer than two comparable points, or another base at one of them."""

    NOTHING_PUBLISHED = "nothing_published"
    NO_BASE = "no_base"  # nothing was assigned on the day itself
    NO_BASE_THEN = "no_base_then"  # nothing was assigned when the window began
    BASE_MOVED = "base_moved"


@dataclass(frozen=True)
class NoPace:
    """A pace that is refused; `since` is None where the window has no beginning."""

    window: Window
    refusal: Refusal
    since: Moment | None = None
    base_then: int = 0
    base: int = 0


@dataclass(frozen=True)
class Pace:
    """Items done at the two ends of a window whose base did not move.

    `aim`: how many are to be done, all of the base where a target does not say less. `months` > 0.
    """

    window: Window
    since: Moment
    months: Decimal
    before: int
    done: int
    base: int
    aim: int

    @property
    def gained(self) -> int:
        """Items more (fewer: negative) than when the window began."""
        return self.done - self.before

    @property
    def left(self) -> int:
        """Items that the aim still lacks."""
        return max(self.aim - self.done, 0)

    @property
    def per_month(self) -> Decimal:
        """Items a month over the window."""
        return Decimal(self.gained) / self.months

    @property
    def months_left(self) -> Decimal | None:
        """Months to the aim at this pace; None where nothing was gained and something is left."""
        if not self.left:
            return Decimal(0)
        return Decimal(self.left) * self.months / self.gained if self.gained > 0 else None

    def needed(self, months: Decimal) -> Decimal:
        """Items a month that reach the aim in so many months; there must be some time left."""
        return Decimal(self.left) / months
