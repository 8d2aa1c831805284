"""Pace is a division over a stated window, worked out in decimals."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.model.pace import Pace, Window
from catalogue.model.period import Moment, months_before, months_between


def pace(before: int, done: int, base: int, months: str = "4", aim: int | None = None) -> Pace:
    since = Moment(date(2023, 10, 31), None, 1)
    return Pace(Window.PUBLISHED, since, Decimal(months), before, done, base, base if aim is None else aim)


def test_the_published_example_of_the_programme() -> None:
    walked = pace(437, 658, 1086)
    assert (walked.gained, walked.left) == (221, 428)
    assert walked.per_month == Decimal("55.25")
    assert walked.months_left is not None
    assert walked.months_left.quantize(Decimal("0.1")) == Decimal("7.7")


def test_nothing_gained_leaves_no_time_to_work_out() -> None:
    assert pace(5, 5, 10).months_left is None
    assert pace(5, 4, 10).months_left is None
    assert pace(5, 4, 10).gained == -1


def test_what_is_done_takes_no_time() -> None:
    walked = pace(10, 10, 10)
    assert (walked.left, walked.months_left) == (0, 0)


def test_an_aim_below_the_base_is_nearer() -> None:
    assert pace(2, 4, 10, aim=6).left == 2
    assert pace(2, 8, 10, aim=6).left == 0


def test_what_is_needed_ends_at_the_deadline() -> None:
    assert pace(0, 2, 14).needed(Decimal(6)) == 2


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 3, date(2023, 11, 30)),
        (date(2024, 3, 21), 3, date(2023, 12, 21)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(2024, 1, 31), 12, date(2023, 1, 31)),
        (date(2024, 12, 15), 12, date(2023, 12, 15)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
    ],
)
def test_months_back_end_on_the_same_day_or_the_month_end(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_the_same_day_of_two_months_is_a_whole_number_apart() -> None:
    assert months_between(date(2023, 12, 21), date(2024, 3, 21)) == 3
    assert months_between(date(2024, 3, 21), date(2024, 3, 21)) == 0


def test_a_window_of_months_says_how_many() -> None:
    assert [window.months for window in Window] == [None, 3, 6, 12]
