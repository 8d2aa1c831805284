"""An agency is ranked among its like only, and only where its base says something."""

import polars as pl
import pytest

from catalogue.model.ranking import LEAST_BASE
from catalogue.services import agency_standing, figures, items
from catalogue.services.agency_standing import Rank
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

LIKE = {"a": "ministry", "b": "ministry", "c": "ministry", "d": "ministry", "province": "province"}


def frame(**counts: tuple[int, int]) -> pl.DataFrame:
    rows = [
        {"agency_code": code, "done": done, "base": base, "standing": 0}
        for code, (done, base) in counts.items()
    ]
    return pl.DataFrame(rows)


def test_equal_shares_have_equal_places_and_other_kinds_do_not_count() -> None:
    found = frame(a=(10, 20), b=(20, 40), c=(30, 40), d=(0, 30), province=(20, 20))
    assert agency_standing.rank(found, "c", LIKE) == Rank(1, 4)
    assert agency_standing.rank(found, "a", LIKE) == Rank(2, 4)
    assert agency_standing.rank(found, "b", LIKE) == Rank(2, 4)
    assert agency_standing.rank(found, "d", LIKE) == Rank(4, 4)
    assert agency_standing.rank(found, "province", LIKE) is None  # nothing like it


def test_a_small_base_is_neither_ranked_nor_compared_with() -> None:
    found = frame(a=(1, LEAST_BASE - 1), b=(5, LEAST_BASE), c=(1, LEAST_BASE))
    assert agency_standing.rank(found, "a", LIKE) is None
    assert agency_standing.rank(found, "c", LIKE) == Rank(2, 2)


def test_the_counts_are_those_of_the_lists_they_open(demo: Installation) -> None:
    moment = demo.moment()
    found = agency_standing.positions(demo, moment, "bo-y-te")
    assert {one.programme.code for one in found} >= set(figures.PROCEDURE_PROGRAMMES.values())
    for one in found:
        overdue = ItemFilter(agency="bo-y-te", deadline_state="overdue")
        listed = items.find(demo, moment, one.programme.code, overdue, size=1)
        assert one.overdue == (listed["total"][0] if listed.height else 0)
        parts = one.stages["done"] + one.in_time + one.due_soon + one.overdue
        assert parts == one.stages["assigned"]


def test_an_agency_without_items_has_no_position(empty: Installation) -> None:
    assert agency_standing.positions(empty, empty.moment(), "bo-y-te") == []
