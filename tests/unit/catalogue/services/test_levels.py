"""The catalogue's levels as sets: the published numbers, and the procedures behind each."""

from datetime import date

import pytest

from catalogue.services import levels
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only


def test_the_published_overlap_is_computed_from_the_records(demo: Installation) -> None:
    by_level, by_group = levels.sets(demo, demo.moment())
    assert (by_group.memberships, by_group.overlap, by_group.total) == (6891, 574, 6317)
    assert [by_group.touching(group) for group in ("central", "local", "vertical")] == [3835, 1328, 1728]
    assert by_level.total == 6317
    assert by_level.memberships - by_level.overlap == 6317 - by_level.unknown


@pytest.mark.parametrize("by", ["level", "group"])
def test_every_number_opens_its_procedures(demo: Installation, by: str) -> None:
    moment = demo.moment()
    sets = levels.sets(demo, moment)[by == "group"]
    for chosen, count in sets.largest_first():
        frame = levels.members(demo, moment, by=by, chosen=chosen, page_size=1)
        assert frame["total"][0] == count, chosen
    for size, count in sets.by_size.items():
        assert levels.members(demo, moment, by=by, size=size, page_size=1)["total"][0] == count
    assert levels.members(demo, moment, by=by, chosen=frozenset()).height == min(sets.unknown, 20)


def test_pages_of_a_set_do_not_overlap(demo: Installation) -> None:
    pages = [
        levels.members(demo, demo.moment(), chosen={"ministry", "provincial"}, page=page, page_size=50)
        for page in (1, 2)
    ]
    codes = [set(page["procedure_code"]) for page in pages]
    assert len(codes[0]) == len(codes[1]) == 50
    assert not codes[0] & codes[1]
    assert set(map(tuple, pages[0]["levels"].to_list())) == {("ministry", "provincial")}


def test_an_empty_catalogue_has_no_sets(empty: Installation) -> None:
    with empty.database.transaction("test"):
        pass
    by_level, by_group = levels.sets(empty, empty.moment(date(2026, 1, 1)))
    assert (by_level.total, by_group.memberships) == (0, 0)
