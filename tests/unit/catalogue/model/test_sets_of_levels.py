"""Sets of levels add up: exact sets to the procedures, memberships to the procedures and the overlap."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.level_sets import GROUPS, LEVELS, Sets, groups_of

MINISTRY, PROVINCE = frozenset({"ministry"}), frozenset({"provincial"})
BOTH = MINISTRY | PROVINCE

counts = st.dictionaries(st.frozensets(st.sampled_from(LEVELS)), st.integers(0, 500))


def test_the_sentence_of_the_published_kind() -> None:
    sets = Sets({MINISTRY: 3261, PROVINCE: 100, BOTH: 574, frozenset(): 12})
    assert (sets.memberships, sets.overlap, sets.known, sets.unknown, sets.total) == (
        4509,
        574,
        3935,
        12,
        3947,
    )
    assert (sets.touching("ministry"), sets.only("ministry"), sets.only("communal")) == (3835, 3261, 0)
    assert sets.by_size == {1: 3361, 2: 574}
    assert sets.largest_first() == [(MINISTRY, 3261), (BOTH, 574), (PROVINCE, 100)]


@given(counts)
def test_sets_always_add_up(found: dict[frozenset[str], int]) -> None:
    sets = Sets(found)
    assert sum(sets.touching(level) for level in LEVELS) == sets.memberships
    assert sets.memberships - sets.overlap + sets.unknown == sets.total
    assert sum(sets.by_size.values()) == sum(count for _, count in sets.largest_first()) == sets.known
    groups = sets.mapped(lambda levels: groups_of(levels, True))
    assert groups.total == sets.total
    assert sum(groups.touching(group) for group in GROUPS) == groups.memberships


def test_local_and_vertical_exclude_each_other_and_an_unknown_sector_is_neither() -> None:
    assert groups_of(BOTH, True) == {"central", "vertical"}
    assert groups_of(BOTH, False) == {"central", "local"}
    assert groups_of(BOTH, None) == {"central"}
    assert groups_of(frozenset({"other"}), False) == frozenset()
