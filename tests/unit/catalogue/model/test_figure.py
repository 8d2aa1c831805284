from datetime import date
from decimal import Decimal

import pytest

from catalogue.model.figure import Relation, relation, share
from catalogue.model.period import month_end_before, months_between


@pytest.mark.parametrize(
    ("printed", "numerator", "denominator", "expected"),
    [
        ("61", 658, 1086, Relation.ROUNDED),
        ("40", 437, 1086, Relation.EXACT),
        ("27.8", 195, 699, Relation.TRUNCATED),
        ("98.62", 16051, 16274, Relation.TRUNCATED),
        ("1.38", 223, 16274, Relation.MISMATCH),
        ("26", 2028, 7806, Relation.ROUNDED),
        ("33.9", 2371, 6974, Relation.TRUNCATED),
        ("62.8", 3071, 4888, Relation.EXACT),
        (None, 81, 699, Relation.NOT_PRINTED),
        ("74.86", 3163, None, Relation.NO_DENOMINATOR),
    ],
)
def test_the_relation_of_a_printed_percentage_is_named(
    printed: str | None, numerator: int, denominator: int | None, expected: Relation
) -> None:
    assert relation(Decimal(printed) if printed else None, numerator, denominator) is expected


def test_a_share_is_rounded_half_up() -> None:
    assert share(195, 699) == Decimal("27.8970")
    assert share(1, 8, 2) == Decimal("12.50")
    assert share(1, 16, 1) == Decimal("6.3")


def test_months_between_month_ends_are_whole() -> None:
    assert months_between(date(2023, 10, 31), date(2024, 2, 29)) == 4
    assert Decimal("4.6") < months_between(date(2023, 10, 31), date(2024, 3, 21)) < Decimal("4.8")
    assert month_end_before(date(2024, 3, 21)) == date(2024, 2, 29)
