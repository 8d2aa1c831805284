"""Figures are objects: numerator, denominator, as_of, known_at, definition. Percentages are computed exactly."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from catalogue.model.period import Moment


class Kind(StrEnum):
    """A share has a denominator; a count has none, even where one could be guessed."""

    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True)
class Figure:
    """One measured number. `denominator` is None for a count.

    `is_recount`: it counts agencies, by others than those of its day: never an official number.
    """

    measure: str
    kind: Kind
    numerator: int
    denominator: int | None
    moment: Moment
    is_recount: bool = False

    @property
    def percent(self) -> Decimal | None:
        """Numerator of denominator in percent, half-up to four decimals; None without a denominator."""
        return share(self.numerator, self.denominator) if self.denominator else None


def share(numerator: int, denominator: int, digits: int = 4) -> Decimal:
    """A percentage rounded half-up to a number of decimals."""
    return _scaled(numerator, denominator).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _scaled(numerator: int, denominator: int) -> Decimal:
    return Decimal(numerator) * 100 / Decimal(denominator)


class Relation(StrEnum):
    """How a printed percentage relates to the computed one (architecture.md, idea 4)."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    MISMATCH = "mismatch"
    NOT_PRINTED = "not_printed"
    NO_DENOMINATOR = "no_denominator"


def relation(printed: Decimal | None, numerator: int | None, denominator: int | None) -> Relation:
    """Name the relation of a printed percentage to numerator/denominator at the precision it was printed with."""
    if printed is None:
        return Relation.NOT_PRINTED
    if numerator is None or not denominator:
        return Relation.NO_DENOMINATOR
    exponent = printed.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    computed = _scaled(numerator, denominator)
    rounded = computed.quantize(step, ROUND_HALF_UP) == printed
    truncated = computed.quantize(step, ROUND_DOWN) == printed
    if rounded and truncated:
        return Relation.EXACT
    if rounded:
        return Relation.ROUNDED
    return Relation.TRUNCATED if truncated else Relation.MISMATCH


@dataclass(frozen=True)
class Pace:
    """Arithmetic of progress over a stated window: never a prediction."""

    since: Moment
    gained: int
    months: Decimal
    left: int
    total: int

    @property
    def per_month(self) -> Decimal:
        return Decimal(self.gained) / self.months

    @property
    def months_left(self) -> Decimal | None:
        """Months to completion at this pace; None where nothing was gained."""
        return Decimal(self.left) / self.per_month if self.gained > 0 else None
