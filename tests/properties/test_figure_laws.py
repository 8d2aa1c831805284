"""Laws of printed figures: what the relations mean, and that what was frozen never moves."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.model.actor import Actor
from catalogue.model.figure import FOLLOWS, Relation, pair_relation, relation, total_relation
from catalogue.services import commitments, figure_members, figures, items, published, snapshots
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.services.snapshots import Print

COUNTS = st.integers(min_value=0, max_value=10**7)
BASES = st.integers(min_value=1, max_value=10**7)
DIGITS = st.integers(min_value=0, max_value=4)


def to(digits: int, numerator: int, denominator: int, rounding: str) -> Decimal:
    return (Decimal(numerator) * 100 / denominator).quantize(Decimal(1).scaleb(-digits), rounding)


@given(COUNTS, BASES, DIGITS)
def test_rounded_and_truncated_prints_are_told_apart_exactly(numerator: int, base: int, digits: int) -> None:
    rounded, cut = to(digits, numerator, base, ROUND_HALF_UP), to(digits, numerator, base, ROUND_DOWN)
    expected = Relation.EXACT if rounded == cut else Relation.ROUNDED
    assert relation(rounded, numerator, base) is expected
    assert relation(cut, numerator, base) is (Relation.EXACT if rounded == cut else Relation.TRUNCATED)


@given(COUNTS, BASES, st.decimals(min_value=0, max_value=1000, places=2))
def test_a_print_follows_its_numbers_only_within_one_step(
    numerator: int, base: int, printed: Decimal
) -> None:
    found = relation(printed, numerator, base)
    exact = Decimal(numerator) * 100 / base
    if found in FOLLOWS:
        assert abs(exact - printed) < Decimal("0.01")
    else:
        assert found is Relation.MISMATCH
        assert abs(exact - printed) > Decimal("0.0049")


@given(COUNTS, BASES, DIGITS, st.decimals(min_value=1, max_value=99, places=1))
def test_a_target_never_hides_a_print_that_is_of_the_base(
    numerator: int, base: int, digits: int, target: Decimal
) -> None:
    printed = to(digits, numerator, base, ROUND_HALF_UP)
    assert relation(printed, numerator, base, target) in FOLLOWS
    of_target = to(digits, numerator, base, ROUND_HALF_UP) * 100 / target
    told = relation(of_target.quantize(Decimal("0.1"), ROUND_HALF_UP), numerator, base, target)
    assert told in FOLLOWS | {Relation.OTHER_DENOMINATOR, Relation.MISMATCH}


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=2, max_size=6), st.integers(-50, 50))
def test_a_total_closes_exactly_when_its_parts_add_up(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    for complete in (True, False):
        for sets in (True, False):
            found = total_relation(total, parts, parts_complete=complete, parts_are_sets=sets)
            assert (found is Relation.CLOSES) == (off == 0)
            assert (found is Relation.OVERLAP) <= (sets and off < 0)
            assert (found is Relation.PARTIAL_LIST) <= (not complete and off > 0)


@given(COUNTS, BASES, DIGITS)
def test_two_printed_shares_of_a_whole_are_consistent_or_flagged(part: int, base: int, digits: int) -> None:
    part %= base + 1
    one = to(digits, part, base, ROUND_DOWN)
    other = Decimal(100) - one
    found = pair_relation(one, relation(one, part, base), other, relation(other, base - part, base))
    follows = relation(other, base - part, base) in FOLLOWS
    assert found is (Relation.CLOSES if follows else Relation.COMPLEMENT_INCONSISTENT)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_frozen_figure_never_moves_and_what_moves_adds_up(
    demo: Installation, person: Callable[[Installation, str], Actor], data: st.DataObject
) -> None:
    vpcp = person(demo, "vpcp")
    measure = data.draw(
        st.sampled_from(
            [one.measure for one in figures.MEASURES if one.measure.startswith("simplification.")]
        )
    )
    day = date(2024, 3, 21) - timedelta(days=data.draw(st.integers(min_value=0, max_value=200)))
    code = snapshots.draft(
        demo, vpcp, measure, day, Print("Báo cáo", "Cổng thông tin"), seen=demo.moment().revision
    )
    before = snapshots.get(demo, code)
    listed = items.find(demo, demo.moment(), figures.SIMPLIFICATION, ItemFilter(), size=2000)["item_id"]
    for item_id in data.draw(st.lists(st.sampled_from(listed.to_list()), max_size=3, unique=True)):
        page = items.get(demo, demo.moment(), item_id)
        turn = commitments.withdraw if page.state["in_base"] else commitments.readmit
        on = day - timedelta(days=data.draw(st.integers(min_value=-5, max_value=5)))
        if on <= page.state["assigned_on"] or on > date(2024, 3, 21):
            continue
        turn(demo, vpcp, item_id, revision=page.state["lock_revision"], on=on, reason="Đổi kế hoạch")
    after = snapshots.get(demo, code)
    assert (after.told, after.denominator, after.snapshot) == (
        before.told,
        before.denominator,
        before.snapshot,
    )
    found = published.reproduce(demo, after)
    assert found is not None
    assert found.is_reproduced
    assert found.difference.adds_up
    members = figure_members.members(demo, measure, found.now.moment)
    assert int(members["in_numerator"].sum()) == found.now.numerator
