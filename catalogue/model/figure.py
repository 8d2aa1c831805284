"""Figures are objects: numerator, denominator, as_of, known_at, definition. Percentages are computed exactly."""

from collections.abc import Sequence
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


def share(numerator: int | Decimal, denominator: int | Decimal, digits: int = 4) -> Decimal:
    """A percentage rounded half-up to a number of decimals."""
    return _scaled(numerator, denominator).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _scaled(numerator: int | Decimal, denominator: int | Decimal) -> Decimal:
    return Decimal(numerator) * 100 / Decimal(denominator)


class Relation(StrEnum):
    """How what was printed relates to its own numbers: one closed list (architecture.md, idea 4)."""

    EXACT = "exact"  # rounded and truncated to the printed precision it is the same
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    MISMATCH = "mismatch"
    COMPLEMENT_INCONSISTENT = (
        "complement_inconsistent"  # two shares add up to 100 and one is not its own numbers
    )
    OTHER_DENOMINATOR = "other_denominator"  # it holds against a target, not against the printed base
    NO_DENOMINATOR = "no_denominator"
    BASE_CHANGED = "base_changed"  # the denominator is another one than that of the figure before
    NOT_PRINTED = "not_printed"
    CLOSES = "closes"  # of totals with parts
    DOES_NOT_CLOSE = "does_not_close"
    OVERLAP = "overlap"
    PARTIAL_LIST = "partial_list"


FOLLOWS = frozenset({Relation.EXACT, Relation.ROUNDED, Relation.TRUNCATED})


def relation(
    printed: Decimal | None,
    numerator: int | Decimal | None,
    denominator: int | Decimal | None,
    of_target: Decimal | None = None,
) -> Relation:
    """Name the relation of a printed percentage to numerator/denominator at the precision it was printed with.

    `of_target`: the target, in percent of the denominator, that the source sets the numerator against.
    """
    if printed is None:
        return Relation.NOT_PRINTED
    if numerator is None or not denominator:
        return Relation.NO_DENOMINATOR
    found = _at_precision(printed, numerator, denominator)
    if found is Relation.MISMATCH and of_target:
        target = Decimal(denominator) * of_target / 100
        if _at_precision(printed, numerator, target) in FOLLOWS:
            return Relation.OTHER_DENOMINATOR
    return found


def pair_relation(one: Decimal, one_share: Relation, other: Decimal, other_share: Relation) -> Relation:
    """Name the relation of two printed shares of one whole, each with its relation to its own numbers."""
    if one + other != 100:
        return Relation.DOES_NOT_CLOSE
    if {one_share, other_share} <= FOLLOWS:
        return Relation.CLOSES
    return Relation.COMPLEMENT_INCONSISTENT


def total_relation(
    total: int, parts: Sequence[int], *, parts_complete: bool = True, parts_are_sets: bool = False
) -> Relation:
    """Name the relation of a printed total to its printed parts.

    `parts_complete`: the source gives them as all there are. `parts_are_sets`: one thing may be in several.
    """
    together = sum(parts)
    if together == total:
        return Relation.CLOSES
    if parts_are_sets and max(parts) <= total < together:
        return Relation.OVERLAP
    if not parts_complete and together < total:
        return Relation.PARTIAL_LIST
    return Relation.DOES_NOT_CLOSE


def _at_precision(printed: Decimal, numerator: int | Decimal, denominator: int | Decimal) -> Relation:
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
