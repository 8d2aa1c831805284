"""Splitting totals: nothing is lost, nothing is invented."""

import random

from hypothesis import given
from hypothesis import strategies as st

from catalogue.demo.shares import apportion, cut

_WEIGHTS = st.dictionaries(st.text(min_size=1), st.integers(1, 1000), min_size=1)


@given(st.integers(0, 10_000), _WEIGHTS)
def test_parts_add_up_and_stay_within_one_of_their_share(total: int, weights: dict[str, float]) -> None:
    parts = apportion(total, weights)
    assert sum(parts.values()) == total
    whole = sum(weights.values())
    assert all(abs(parts[key] - total * weight / whole) < 1 for key, weight in weights.items())


@given(st.integers(0, 500), st.lists(st.integers(1, 20), min_size=1), st.integers(0, 2**32))
def test_sizes_add_up(total: int, sizes: list[int], seed: int) -> None:
    parts = cut(total, sizes, random.Random(seed))
    assert sum(parts) == total
    assert all(0 < part <= max(sizes) for part in parts)


@given(st.integers(10, 500), st.integers(0, 10), st.integers(0, 2**32))
def test_there_are_as_many_parts_as_asked_for(total: int, at_least: int, seed: int) -> None:
    parts = cut(total, (20, 30), random.Random(seed), at_least=at_least)
    assert len(parts) >= at_least
    assert sum(parts) == total
    assert min(parts) > 0
