"""Agencies in order of a rate: places among like agencies, and why some have none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

LEAST_BASE = 10  # a share of fewer items says more about single items than about an agency


class Like(StrEnum):
    """What is compared with each other only; ministries and ministry-level agencies are, as PAR INDEX ranks them."""

    CENTRAL = "central"
    PROVINCE = "province"
    OTHER = "other"
    GROUP = "group"  # what a document names together: no agency at all


_LIKE = {
    "ministry": Like.CENTRAL,
    "ministry_level": Like.CENTRAL,
    "province": Like.PROVINCE,
    "other": Like.OTHER,
}


def like(kind: str | None) -> Like:
    """The like of a kind of agency; without one it is a group."""
    return Like.GROUP if kind is None else _LIKE[kind]


class Standing(StrEnum):
    """Whether a rate has a place among its like, and why not."""

    RANKED = "ranked"
    SMALL = "small"  # fewer than LEAST_BASE below the line
    ALONE = "alone"  # nothing like it to compare with
    NOTHING = "nothing"  # nothing below the line: no rate at all, which is not 0 %


@dataclass(frozen=True)
class Rated:
    """One rate, and its place: equal rates share the better place and the next one is left out."""

    key: str
    numerator: int
    denominator: int
    standing: Standing = Standing.NOTHING
    place: int | None = None
    is_shared: bool = False
    among: int = 0

    @property
    def rate(self) -> Fraction | None:
        """The exact rate; None where nothing is below the line."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


def ranked(rows: Iterable[tuple[str, int, int]]) -> list[Rated]:
    """(key, numerator, denominator) of like agencies, the highest rate first, then those that are not ranked."""
    rated = [Rated(key, above, below) for key, above, below in rows]
    large = [one for one in rated if one.denominator >= LEAST_BASE]
    found: list[Rated] = []
    ordered = sorted(large, key=_order)
    for _, together in groupby(ordered, key=lambda one: one.rate):
        same = list(together)
        place = len(found) + 1
        found += [
            replace(one, standing=Standing.RANKED, place=place, is_shared=len(same) > 1, among=len(large))
            if len(large) > 1
            else replace(one, standing=Standing.ALONE)
            for one in same
        ]
    small = [one for one in rated if 0 < one.denominator < LEAST_BASE]
    nothing = [one for one in rated if not one.denominator]
    found += [replace(one, standing=Standing.SMALL) for one in sorted(small, key=_order)]
    return found + sorted(nothing, key=lambda one: one.key)


def lagging_first(
    cells: Mapping[str, Sequence[tuple[int, int]]], ties: Mapping[str, int] | None = None
) -> list[str]:
    """Keys by the share done of all their (numerator, denominator), the lowest first; without any at the end.

    Of equal shares the one with most left comes first, then in the order of `ties`.
    """
    sums = {
        key: (sum(above for above, _ in parts), sum(below for _, below in parts))
        for key, parts in cells.items()
    }
    return sorted(
        sums,
        key=lambda key: (
            Fraction(*sums[key]) if sums[key][1] else Fraction(2),
            sums[key][0] - sums[key][1],
            ties.get(key, 0) if ties else 0,
            key,
        ),
    )


def _order(one: Rated) -> tuple[Fraction, int, str]:
    """The highest rate first; of equal ones the one of more items."""
    return -(one.rate or Fraction(0)), -one.denominator, one.key
