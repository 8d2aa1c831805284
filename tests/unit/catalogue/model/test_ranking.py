"""Places by rate: ties share one, few items take none, nothing below the line is no rate."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from catalogue.model import ranking
from catalogue.model.ranking import LEAST_BASE, Like, Standing

ROWS = st.lists(
    st.integers(0, 40).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))), max_size=12
).map(lambda pairs: [(f"a{place}", *pair) for place, pair in enumerate(pairs)])


def test_equal_rates_share_a_place_and_the_next_is_left_out() -> None:
    found = ranking.ranked([("a", 5, 10), ("b", 20, 20), ("c", 10, 20), ("d", 1, 10)])
    assert [(one.key, one.place, one.is_shared) for one in found] == [
        ("b", 1, False),
        ("c", 2, True),
        ("a", 2, True),
        ("d", 4, False),
    ]


def test_few_items_and_none_are_told_apart_from_a_rate_of_zero() -> None:
    found = {
        one.key: one for one in ranking.ranked([("few", 1, 9), ("none", 0, 0), ("zero", 0, 10), ("b", 5, 10)])
    }
    assert (found["few"].standing, found["few"].place) == (Standing.SMALL, None)
    assert (found["none"].standing, found["none"].rate) == (Standing.NOTHING, None)
    assert (found["zero"].standing, found["zero"].rate, found["zero"].place) == (Standing.RANKED, 0, 2)


def test_an_agency_with_nothing_like_it_has_no_place() -> None:
    (one,) = ranking.ranked([("a", 5, 10)])
    assert (one.standing, one.place) == (Standing.ALONE, None)


@given(ROWS)
def test_places_follow_the_rates_and_nobody_is_lost(rows: list[tuple[str, int, int]]) -> None:
    found = ranking.ranked(rows)
    assert sorted(one.key for one in found) == sorted(key for key, _, _ in rows)
    placed = [one for one in found if one.place is not None]
    for one in placed:
        assert one.place == 1 + sum((other.rate or 0) > (one.rate or 0) for other in placed)
        assert one.among == len(placed) >= 2
        assert one.denominator >= LEAST_BASE


def test_what_lags_comes_first_and_what_has_nothing_last() -> None:
    cells = {
        "through": [(4, 4)],
        "nothing": [(0, 0)],
        "half": [(1, 4), (3, 4)],
        "late": [(0, 9)],
        "later": [(0, 12)],
    }
    assert ranking.lagging_first(cells) == ["later", "late", "half", "through", "nothing"]
    ties = {"x": [(1, 1)], "y": [(1, 1)]}
    assert ranking.lagging_first(ties, {"y": 0, "x": 1}) == ["y", "x"]


def test_ministries_and_ministry_level_agencies_are_alike() -> None:
    assert ranking.like("ministry") is ranking.like("ministry_level") is Like.CENTRAL
    assert ranking.like("province") is Like.PROVINCE
    assert ranking.like(None) is Like.GROUP
    assert ranking.Rated("a", 1, 3).rate == Fraction(1, 3)
