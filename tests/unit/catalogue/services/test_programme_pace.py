"""The pace of a programme from the ledger, and every reason for which it is refused."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.model.actor import Actor
from catalogue.model.pace import NoPace, Pace, Refusal, Window
from catalogue.services import commitments, figures, items, pace, programmes
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

P = figures.SIMPLIFICATION
REPORTED = date(2024, 2, 29)


def walked(installation: Installation, day: date, window: Window, kind: str = "simplification") -> Pace:
    found = pace.over(installation, kind, installation.moment(day), window)
    assert isinstance(found, Pace), found
    return found


def refused(installation: Installation, day: date, window: Window, kind: str = "simplification") -> NoPace:
    found = pace.over(installation, kind, installation.moment(day), window)
    assert isinstance(found, NoPace), found
    return found


def test_the_published_points_give_the_published_arithmetic(demo: Installation) -> None:
    found = pace.usual(demo, "simplification", demo.moment(REPORTED))
    assert isinstance(found, Pace)
    assert (found.window, found.since.as_of, found.months) == (Window.PUBLISHED, date(2023, 10, 31), 4)
    assert (found.before, found.done, found.base, found.gained, found.left) == (437, 658, 1086, 221, 428)
    assert found.per_month == Decimal("55.25")
    assert found.months_left is not None
    assert found.months_left.quantize(Decimal("0.1")) == Decimal("7.7")


@pytest.mark.parametrize("kind", list(figures.PROCEDURE_PROGRAMMES))
def test_both_ends_are_the_figures_of_their_days(demo: Installation, kind: str) -> None:
    found = walked(demo, REPORTED, Window.SIX_MONTHS, kind)
    now = figures.compute(demo, f"{kind}.done", demo.moment(REPORTED))
    then = figures.compute(demo, f"{kind}.done", demo.moment(date(2023, 8, 31)))
    assert (found.done, found.base) == (now.numerator, now.denominator)
    assert (found.before, found.base) == (then.numerator, then.denominator)
    assert found.months == 6


def test_a_base_that_moved_within_the_window_gives_no_pace(demo: Installation) -> None:
    found = refused(demo, REPORTED, Window.TWELVE_MONTHS)
    assert (found.refusal, found.base_then, found.base) == (Refusal.BASE_MOVED, 1094, 1086)
    assert walked(demo, date(2023, 8, 15), Window.THREE_MONTHS).base == 1086  # it moved on the first day
    assert refused(demo, date(2023, 8, 14), Window.THREE_MONTHS).refusal is Refusal.BASE_MOVED


@pytest.mark.writes
def test_a_base_that_moved_and_moved_back_gives_no_pace(demo: Installation, vpcp: Actor) -> None:
    item_id = items.find(demo, demo.moment(), P, size=1)["item_id"][0]
    for turn, on in (
        (commitments.withdraw, date(2024, 1, 10)),
        (commitments.readmit, date(2024, 2, 10)),
    ):
        revision = items.get(demo, demo.moment(), item_id).state["lock_revision"]
        turn(demo, vpcp, item_id, revision=revision, on=on, reason="Rà soát lại")
    found = refused(demo, REPORTED, Window.THREE_MONTHS)
    assert (found.refusal, found.base_then, found.base) == (Refusal.BASE_MOVED, 1086, 1086)


@pytest.mark.writes
def test_a_return_to_the_base_without_a_document_is_not_credited_to_the_assigning_one(
    demo: Installation, vpcp: Actor
) -> None:
    item_id = items.find(demo, demo.moment(), P, size=1)["item_id"][0]
    for turn, on in (
        (commitments.withdraw, date(2024, 1, 10)),
        (commitments.readmit, date(2024, 2, 10)),
    ):
        revision = items.get(demo, demo.moment(), item_id).state["lock_revision"]
        turn(demo, vpcp, item_id, revision=revision, on=on, reason="Rà soát lại")
    left, back = programmes.base_changes(demo, P, demo.moment()).tail(2).to_dicts()
    assert (left["withdrawn"], back["added"]) == (1, 1)
    assert (left["document_id"], back["document_id"]) == (None, None)
    opened = programmes.changed_items(demo, P, demo.moment(), back["change_id"], is_added=True)
    assert opened["item_id"].to_list() == [item_id]


@pytest.mark.parametrize(
    ("kind", "day", "window", "refusal"),
    [
        ("simplification", date(2023, 10, 31), Window.PUBLISHED, Refusal.NOTHING_PUBLISHED),
        ("simplification", date(2020, 1, 1), Window.THREE_MONTHS, Refusal.NO_BASE),
        ("decentralisation", date(2022, 10, 31), Window.THREE_MONTHS, Refusal.NO_BASE_THEN),
        ("directive", date(2024, 2, 29), Window.SIX_MONTHS, Refusal.NO_BASE),  # every task is a standing one
    ],
)
def test_fewer_than_two_comparable_points_give_no_pace(
    demo: Installation, kind: str, day: date, window: Window, refusal: Refusal
) -> None:
    assert refused(demo, day, window, kind).refusal is refusal


def test_an_empty_installation_has_no_pace(empty: Installation) -> None:
    for kind in figures.PROGRAMMES:
        found = pace.usual(empty, kind, empty.moment(REPORTED))
        assert isinstance(found, NoPace)


def test_nothing_gained_is_a_pace_of_nothing(demo: Installation) -> None:
    found = walked(demo, date(2026, 1, 1), Window.THREE_MONTHS)
    assert (found.gained, found.per_month, found.months_left) == (0, 0, None)


def test_a_published_point_counts_from_the_day_on_which_it_was_known(demo: Installation) -> None:
    later = date(2024, 6, 30)
    assert pace.published_on(demo, "simplification", demo.moment(later)) == date(2024, 2, 29)
    before = demo.moment(later, date(2024, 3, 20))  # the figure of February was published on the 21st
    assert pace.published_on(demo, "simplification", before) == date(2023, 10, 31)


def test_a_window_under_two_months_is_not_taken(demo: Installation) -> None:
    assert pace.published_on(demo, "simplification", demo.moment()) == date(2023, 10, 31)


def test_an_aim_below_the_base_is_rounded_up_to_whole_items(demo: Installation) -> None:
    found = pace.over(demo, "simplification", demo.moment(REPORTED), Window.PUBLISHED, Decimal(80))
    assert isinstance(found, Pace)
    assert (found.aim, found.left) == (869, 211)  # 80 % of 1,086 are 868.8
