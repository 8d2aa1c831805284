"""Indicators: exact values, ranks among like, lines that stop, components that add up."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.model.indicator import (
    Break,
    Coverage,
    Direction,
    Period,
    PeriodKind,
    Place,
    Point,
    State,
    change,
    faults,
    mean,
    month_period,
    parse_period,
    ranks,
    scaled,
    segments,
    unscaled,
)

MAXIMA = {"A": 18_0000, "B": 20_0000}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-28", date(2024, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, start: date, end: date) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.text) == (start, end, text)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-Q5", "2024-02-30", "2024/02", "năm 2024"])
def test_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "before"), [("2024", "2023"), ("2024-Q1", "2023-Q4"), ("2024-01", "2023-12")]
)
def test_the_period_before_is_of_the_same_kind(text: str, before: str) -> None:
    assert parse_period(text).before() == parse_period(before)


def test_a_day_has_no_period_before() -> None:
    assert parse_period("2024-02-29").before() is None


@pytest.mark.parametrize(("day", "text"), [((2024, 2, 1), "2024-02"), ((2024, 12, 31), "2024-12")])
def test_the_month_of_a_day(day: tuple[int, int, int], text: str) -> None:
    assert month_period(date(*day)).text == text


def test_values_are_exact_to_four_decimals() -> None:
    assert scaled(Decimal("83.94")) == 839_400
    assert str(unscaled(839_400)) == "83.94"
    assert str(unscaled(100_0000)) == "100"
    with pytest.raises(ValueError, match="four decimals"):
        scaled(Decimal("0.00001"))


def test_equal_values_share_the_better_place() -> None:
    places = ranks({"a": 5, "b": 7, "c": 5, "d": 1}, Direction.HIGHER)
    assert places == {"b": Place(1, 4), "a": Place(2, 4), "c": Place(2, 4), "d": Place(4, 4)}
    assert ranks({"a": 5, "b": 7}, Direction.LOWER)["a"] == Place(1, 2)


def test_coverage_adds_up_and_is_unknown_where_the_group_is() -> None:
    whole = Coverage(valued=59, partial=1, not_applicable=1, of=63)
    assert whole.missing == 2
    assert whole.is_telling
    assert not Coverage(valued=7, partial=0, not_applicable=0, of=63).is_telling
    assert Coverage(valued=1, partial=0, not_applicable=0, of=None).missing is None
    assert Coverage(0, 0, 0, 63, rank_only=1).missing == 62


def test_a_mean_is_rounded_half_up() -> None:
    assert mean(5, 2) == 3
    assert mean(10, 3) == 3


def _points(*rows: tuple[str, str, str, int | None]) -> list[Point]:
    return [Point(parse_period(period), method, group, value) for period, method, group, value in rows]


def test_a_line_stops_at_a_new_method_other_agencies_a_gap_and_an_unfinished_period() -> None:
    points = _points(
        ("2020", "old", "63", 1),
        ("2021", "old", "63", 2),
        ("2022", "new", "63", 3),
        ("2023", "new", "63", None),
        ("2024", "new", "63", 4),
        ("2025", "new", "34", 5),
        ("2027", "new", "34", 6),
    )
    points.append(Point(parse_period("2028"), "new", "34", 7, is_whole=False))
    assert segments(points) == [
        (0, None),
        (0, None),
        (1, Break.METHOD),
        (2, Break.GAP),
        (3, Break.GAP),
        (4, Break.AGENCIES),
        (5, Break.GAP),
        (6, Break.UNFINISHED),
    ]


def test_a_change_is_in_points_and_none_across_a_break() -> None:
    before, after, later = _points(
        ("2022", "m", "63", 80_0800), ("2023", "m", "63", 82_6600), ("2025", "m", "34", 90_0000)
    )
    assert change(before, after) == Decimal("2.58")
    assert change(after, later) is None
    assert change(None, after) is None


def test_zero_is_a_value_and_moves() -> None:
    before, after = _points(("2022", "m", "63", 0), ("2023", "m", "63", 0))
    assert change(before, after) == 0


@pytest.mark.parametrize(
    ("components", "total", "rules"),
    [
        ({"A": 10_0000, "B": 20_0000}, 30_0000, []),
        ({"A": 0, "B": 0}, 0, []),
        ({"A": 10_0000, "B": 20_0000}, 31_0000, ["components_do_not_add_up"]),
        ({"A": 18_0001, "B": 0}, 18_0001, ["score_out_of_range"]),
        ({"A": -1, "B": 1}, 0, ["score_out_of_range"]),
        ({"A": State.NOT_APPLICABLE, "B": 20_0000}, 20_0000, []),
        ({"A": State.NOT_APPLICABLE, "B": 20_0000}, 21_0000, ["components_do_not_add_up"]),
        ({"A": State.MISSING, "B": 20_0000}, 25_0000, ["components_incomplete"]),
        ({"A": State.MISSING, "B": 20_0000}, 15_0000, ["components_do_not_add_up"]),
        ({"A": 10_0000}, 12_0000, ["components_incomplete"]),
        ({"A": State.MISSING, "B": State.MISSING}, State.MISSING, []),
    ],
)
def test_components_lie_within_their_maximum_and_add_up(
    components: dict[str, int | State], total: int | State, rules: list[str]
) -> None:
    assert [fault.rule for fault in faults(MAXIMA, components, total)] == rules


def test_periods_sort_by_their_end() -> None:
    assert Period(date(2024, 1, 31), PeriodKind.MONTH) < Period(date(2024, 2, 29), PeriodKind.MONTH)
