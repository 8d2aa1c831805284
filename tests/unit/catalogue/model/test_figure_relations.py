"""Relations between printed numbers: of a share to its target, of two shares of one whole, of a total to its parts."""

from decimal import Decimal

import pytest

from catalogue.model.figure import Relation, pair_relation, relation, total_relation


def test_a_percentage_of_a_target_is_told_from_one_of_the_base() -> None:
    printed = Decimal("110.6")
    assert relation(printed, 3425, 6191) is Relation.MISMATCH
    assert relation(printed, 3425, 6191, Decimal(50)) is Relation.OTHER_DENOMINATOR
    assert relation(Decimal("112.0"), 3425, 6191, Decimal(50)) is Relation.MISMATCH
    assert relation(Decimal("55.3"), 3425, 6191, Decimal(50)) is Relation.EXACT  # it is of the base after all


def test_amounts_with_decimals_are_compared_exactly() -> None:
    assert relation(None, Decimal("192.4"), Decimal("393.4")) is Relation.NOT_PRINTED
    assert relation(Decimal("48.9"), Decimal("192.4"), Decimal("393.4")) is Relation.EXACT
    assert relation(Decimal("49"), Decimal("192.4"), Decimal("393.4")) is Relation.ROUNDED


@pytest.mark.parametrize(
    ("one", "one_share", "other", "other_share", "expected"),
    [
        ("98.62", Relation.TRUNCATED, "1.38", Relation.MISMATCH, Relation.COMPLEMENT_INCONSISTENT),
        ("98.63", Relation.ROUNDED, "1.37", Relation.EXACT, Relation.CLOSES),
        ("98.62", Relation.TRUNCATED, "1.37", Relation.EXACT, Relation.DOES_NOT_CLOSE),
    ],
)
def test_two_shares_of_one_whole(
    one: str, one_share: Relation, other: str, other_share: Relation, expected: Relation
) -> None:
    assert pair_relation(Decimal(one), one_share, Decimal(other), other_share) is expected


@pytest.mark.parametrize(
    ("total", "parts", "flags", "expected"),
    [
        (6317, [3835, 1328, 1728], {"parts_are_sets": True}, Relation.OVERLAP),
        (6317, [3835, 1328, 1728], {}, Relation.DOES_NOT_CLOSE),
        (
            6317,
            [7000, 1],
            {"parts_are_sets": True},
            Relation.DOES_NOT_CLOSE,
        ),  # a set is no larger than the whole
        (81, [34, 20, 13], {"parts_complete": False}, Relation.PARTIAL_LIST),
        (81, [34, 20, 13], {}, Relation.DOES_NOT_CLOSE),
        (
            60,
            [34, 20, 13],
            {"parts_complete": False},
            Relation.DOES_NOT_CLOSE,
        ),  # a part is more than the whole
        (628, [304, 20, 2, 146], {}, Relation.DOES_NOT_CLOSE),
        (144, [139, 3, 2], {"parts_complete": False}, Relation.CLOSES),
    ],
)
def test_a_total_and_its_parts(
    total: int, parts: list[int], flags: dict[str, bool], expected: Relation
) -> None:
    assert total_relation(total, parts, **flags) is expected
