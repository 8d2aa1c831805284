"""Amounts as promised measures write them."""

from decimal import Decimal

import pytest

from catalogue.model.amount import Amount, Kind, Told, target, times, told
from catalogue.model.version import Duration


def amount(value: int, unit: str) -> Amount:
    return Amount(Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("7 ngày làm việc", Kind.TIME, amount(7, "ngày làm việc")),
        ("05 (năm) ngày làm việc", Kind.TIME, amount(5, "ngày làm việc")),
        ("15 ngày", Kind.TIME, amount(15, "ngày")),
        ("2 tuần", Kind.TIME, amount(14, "ngày")),
        ("1 năm", Kind.TIME, amount(12, "tháng")),
        ("Giảm từ 7 ngày làm việc xuống còn 5 ngày làm việc", Kind.TIME, amount(5, "ngày làm việc")),
        ("Còn 3 ngày làm việc", Kind.TIME, amount(3, "ngày làm việc")),
        ("100.000 đồng", Kind.MONEY, amount(100_000, "đồng")),
        ("1,5 triệu đồng/lần", Kind.MONEY, amount(1_500_000, "đồng")),
        ("50.000đ", Kind.MONEY, amount(50_000, "đồng")),
        ("Miễn phí", Kind.MONEY, amount(0, "đồng")),
        ("4 giấy tờ", Kind.PAPERS, amount(4, "giấy tờ")),
        ("còn 3 thành phần hồ sơ", Kind.PAPERS, amount(3, "giấy tờ")),
        ("2 yêu cầu, điều kiện", Kind.CONDITIONS, amount(2, "điều kiện")),
    ],
)
def test_an_amount_is_read(text: str, kind: Kind, said: Amount) -> None:
    assert told(text, kind) == Told(said)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (None, Kind.TIME),
        ("Rút ngắn thời gian", Kind.TIME),
        ("Nghị định số 07/2024/NĐ-CP ngày 01/02/2024", Kind.TIME),
        ("5 ngày làm việc với hồ sơ giấy, 3 ngày làm việc với hồ sơ điện tử", Kind.TIME),
        ("Giảm 30%", Kind.MONEY),
        ("Mẫu số 05: 25 mục", Kind.PAPERS),
        ("7 ngày làm việc", Kind.PAPERS),
    ],
)
def test_what_says_no_one_amount_is_left_alone(text: str | None, kind: Kind) -> None:
    assert told(text, kind) is None


def test_a_cut_counts_from_what_was_before() -> None:
    cut = told("Giảm 2 ngày làm việc", Kind.TIME)
    assert cut == Told(amount(2, "ngày làm việc"), is_cut=True)
    assert target(told("7 ngày làm việc", Kind.TIME), cut) == amount(5, "ngày làm việc")
    assert target(None, cut) is None
    assert target(told("7 ngày", Kind.TIME), cut) is None
    assert target(None, told("5 ngày", Kind.TIME)) == amount(5, "ngày")


def test_time_limits_are_kept_apart_by_comparable_unit() -> None:
    durations = (
        Duration(Decimal(2), "tuần"),
        Duration(Decimal(10), "ngày"),
        Duration(Decimal(5), "ngày làm việc"),
        Duration(None, None, "Theo quy định"),
        Duration(Decimal(3), None),
    )
    assert times(durations) == {
        "ngày": frozenset({Decimal(14), Decimal(10)}),
        "ngày làm việc": frozenset({Decimal(5)}),
    }
