"""When versions stand: the reading rule as rectangles over the two clocks."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.standing import Recorded, Stand, stands

DAY = date(2024, 1, 1)


def recorded(version_id: int, day: int, revision: int) -> Recorded:
    return Recorded(version_id, DAY + timedelta(day), revision)


def test_one_version_stands_from_its_day_and_its_revision_without_end() -> None:
    assert stands([recorded(1, 0, 5)]) == [Stand(1, DAY, None, 5, None)]


def test_a_later_one_ends_it_for_later_days_once_it_is_known() -> None:
    found = stands([recorded(1, 0, 5), recorded(2, 3, 9)])
    later = DAY + timedelta(3)
    assert found == [
        Stand(1, DAY, None, 5, 9),
        Stand(1, DAY, later, 9, None),
        Stand(2, later, None, 9, None),
    ]


def test_a_correction_of_the_same_day_replaces_it_once_it_is_known() -> None:
    assert stands([recorded(1, 0, 5), recorded(2, 0, 9)]) == [
        Stand(1, DAY, None, 5, 9),
        Stand(2, DAY, None, 9, None),
    ]


def test_one_that_was_never_the_last_does_not_stand() -> None:
    assert [stand.version_id for stand in stands([recorded(1, 0, 5), recorded(2, 0, 5)])] == [2]


versions = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)), min_size=1, max_size=7).flatmap(
    lambda rows: st.permutations(range(len(rows))).map(
        lambda ids: [
            recorded(number, day, revision) for number, (day, revision) in zip(ids, rows, strict=True)
        ]
    )
)


@given(versions)
def test_at_every_moment_the_one_that_the_rule_names_stands_and_no_other(found: list[Recorded]) -> None:
    rectangles = stands(found)
    for day, revision in product((DAY + timedelta(number) for number in range(-1, 6)), range(7)):
        holding = [one for one in found if one.effective_date <= day and one.revision <= revision]
        standing = [max(holding, key=lambda one: one.place).version_id] if holding else []
        assert standing == [
            stand.version_id
            for stand in rectangles
            if stand.since <= day < (stand.until or date.max)
            and stand.known_from <= revision < (stand.known_until or 99)
        ]
