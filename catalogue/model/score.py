"""One row of a file of scores: whose it is, of which period, its total and components."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from catalogue.model.indicator import Period, State, scaled, unscaled

Amount = int | State  # ten-thousandths, or why there is no value


@dataclass(frozen=True)
class Score:
    """`agency_code`: the agency, or the one that a unit belongs to; `rank` as the file prints it, `is_mixed` where it
    ranks several groups together; `is_trend`: a rounded value of a series, which yields to a whole row of the period.
    """

    sheet: str | None
    row: int
    group: str
    agency_code: str
    period: Period
    measured_to: date
    total: Amount
    unit_code: str | None = None
    unit_name: str | None = None
    components: Mapping[str, Amount] = field(default_factory=dict)
    rank: int | None = None
    rank_of: int | None = None
    is_mixed: bool = False
    is_trend: bool = False

    @property
    def subject(self) -> tuple[str, str, str | None, Period]:
        """What two scores of one subject and period share."""
        return self.group, self.agency_code, self.unit_code, self.period


def agree(rounded: Amount, whole: Amount) -> bool:
    """Whether a value with one decimal is the whole one, rounded or cut."""
    if not isinstance(rounded, int) or not isinstance(whole, int):
        return rounded == whole
    return abs(rounded - whole) <= scaled(Decimal("0.1"))


def said(amount: Amount) -> str:
    """An amount for a message."""
    return str(unscaled(amount)) if isinstance(amount, int) else amount.value
