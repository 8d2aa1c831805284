"""Every branch of the status of a target, and what bounds leave open."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.model.pace import Pace, Window
from catalogue.model.period import Moment
from catalogue.model.target import Doubt, Goal, Reading, Status, judge, meets

DAY, DEADLINE = date(2024, 2, 29), date(2024, 12, 31)


def goal(value: int = 30, comparator: str = "ge", deadline: date | None = DEADLINE) -> Goal:
    return Goal(Decimal(value), comparator, deadline)


def reading(value: str, day: date = DAY, comparator: str = "eq", *, is_same: bool = True) -> Reading:
    return Reading(Decimal(value), day, comparator, is_same)


def pace(gained: int, left: int) -> Pace:
    since = Moment(date(2023, 10, 31), None, 1)
    return Pace(Window.PUBLISHED, since, Decimal(4), 10, 10 + gained, 10 + gained + left, 10 + gained + left)


def test_what_equals_the_target_or_is_better_reaches_it() -> None:
    assert judge(goal(), reading("30"), DAY) == (Status.REACHED, None)
    assert judge(goal(), reading("45.22"), DAY) == (Status.REACHED, None)
    assert judge(goal(comparator="eq"), reading("31"), DAY) == (Status.REACHED, None)
    assert judge(goal(deadline=None), reading("30"), DAY) == (Status.REACHED, None)


def test_above_a_value_is_more_than_it() -> None:
    assert judge(goal(85, "gt"), reading("85"), DAY, pace(1, 1))[0] is not Status.REACHED
    assert judge(goal(85, "gt"), reading("85.01"), DAY)[0] is Status.REACHED


def test_a_rank_is_better_when_it_is_smaller() -> None:
    assert judge(goal(50, "le"), reading("50"), DAY)[0] is Status.REACHED
    assert judge(goal(50, "le", None), reading("51"), DAY)[0] is Status.NO_DEADLINE


def test_two_bodies_at_one_date_may_stand_on_either_side() -> None:
    target, ends = goal(30, "ge", date(2023, 12, 31)), date(2023, 12, 31)
    assert judge(target, reading("45.22", ends), DAY) == (Status.REACHED, None)
    assert judge(target, reading("26.86", ends), DAY) == (Status.MISSED, None)


def test_the_deadline_decides_between_pace_and_miss() -> None:
    assert judge(goal(), reading("10"), DAY, pace(40, 100)) == (Status.ON_PACE, None)  # 10 months of 10
    assert judge(goal(), reading("10"), DAY, pace(40, 101)) == (Status.BEHIND, None)
    assert judge(goal(), reading("10"), DAY, pace(0, 1)) == (Status.BEHIND, None)
    assert judge(goal(), reading("10"), DEADLINE, pace(40, 1)) == (Status.BEHIND, None)  # its last day
    after = date(2025, 1, 1)
    assert judge(goal(), reading("10", after), after, pace(40, 1)) == (Status.MISSED, None)


def test_without_a_deadline_nothing_is_late() -> None:
    assert judge(goal(deadline=None), reading("10"), DAY, pace(40, 100)) == (Status.NO_DEADLINE, None)
    assert judge(goal(deadline=None), reading("10"), date(2050, 1, 1)) == (Status.NO_DEADLINE, None)


@pytest.mark.parametrize(
    ("target", "value", "day", "doubt"),
    [
        (Goal(Decimal(30), "ge", DEADLINE, date(2025, 3, 26)), reading("31"), DAY, Doubt.NOT_SET),
        (goal(), None, DAY, Doubt.NO_VALUE),
        (goal(), None, date(2026, 1, 1), Doubt.NO_VALUE),
        (goal(), reading("99", is_same=False), DAY, Doubt.OTHER_MEASURE),
        (goal(), reading("29", comparator="gt"), DAY, Doubt.BOUND),
        (goal(), reading("10"), date(2026, 1, 1), Doubt.STALE),
        (goal(), reading("10"), DAY, Doubt.NO_PACE),
    ],
)
def test_what_cannot_be_judged_says_why(target: Goal, value: Reading | None, day: date, doubt: Doubt) -> None:
    assert judge(target, value, day) == (Status.UNJUDGED, doubt)


@pytest.mark.parametrize(
    ("comparator", "value", "bound", "expected"),
    [
        ("ge", "30", "ge", True),
        ("ge", "30", "gt", True),
        ("gt", "30", "gt", True),
        ("gt", "30", "ge", None),
        ("ge", "29", "ge", None),
        ("ge", "29", "le", False),
        ("ge", "31", "le", None),
        ("gt", "30", "le", False),
        ("eq", "100", "approx", None),
        ("le", "30", "le", True),
        ("le", "31", "le", None),
        ("le", "31", "ge", False),
        ("le", "30", "gt", False),
        ("le", "30", "ge", None),
    ],
)
def test_a_bound_settles_what_lies_on_its_own_side(
    comparator: str, value: str, bound: str, expected: bool | None
) -> None:
    assert meets(goal(30, comparator), reading(value, comparator=bound)) is expected
