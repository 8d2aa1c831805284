"""Where each target stands: by the ledger, by what was published last, or not known; never 0 for want of a value."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.errors import NotFound
from catalogue.model.pace import NoPace, Pace, Window
from catalogue.model.target import Doubt, Status
from catalogue.services import figures, targets
from catalogue.services.installation import Installation
from catalogue.services.targets import Standing

pytestmark = pytest.mark.reads_only

REPORTED = date(2024, 2, 29)


def lines(installation: Installation, target: str, day: date, known_at: date | None = None) -> list[Standing]:
    return targets.standing(installation, target, installation.moment(day, known_at))


@pytest.mark.parametrize(
    ("target", "day", "numbers"),
    [
        ("simplification.complete", REPORTED, (658, 1086)),
        ("simplification.complete", date(2023, 10, 31), (437, 1086)),
        ("decentralisation.complete", REPORTED, (195, 699)),
    ],
)
def test_a_programme_is_counted_by_the_ledger(
    demo: Installation, target: str, day: date, numbers: tuple[int, int]
) -> None:
    [line] = lines(demo, target, day)
    assert (line.numerator, line.denominator) == numbers
    assert line.reading is not None
    assert line.reading.as_of == day
    assert (line.status, line.doubt) == (Status.NO_DEADLINE, None)
    assert line.published is None


def test_one_target_may_be_reached_by_some_and_missed_by_others(demo: Installation) -> None:
    ministries, provinces = lines(demo, "online.payment", REPORTED)
    assert [line.reading.value for line in (ministries, provinces) if line.reading] == [
        Decimal("45.22"),
        Decimal("26.86"),
    ]
    assert (ministries.status, provinces.status) == (Status.REACHED, Status.MISSED)
    assert {line.reading.as_of for line in (ministries, provinces) if line.reading} == {date(2023, 12, 31)}


def test_a_value_is_of_its_day_and_not_seen_before_it(demo: Installation) -> None:
    for line in lines(demo, "online.payment", date(2023, 10, 31)):
        assert (line.reading, line.status, line.doubt) == (None, Status.UNJUDGED, Doubt.NO_VALUE)


def test_plans_approved_do_not_stand_for_conditions_cut(demo: Installation) -> None:
    carried_out, approved = lines(demo, "nq66.conditions", date(2025, 12, 31))
    assert (carried_out.numerator, carried_out.denominator) == (849, 6974)
    assert (carried_out.status, carried_out.doubt) == (Status.UNJUDGED, Doubt.NO_PACE)
    assert approved.reading is not None
    assert approved.reading.value > 30
    assert (approved.status, approved.doubt) == (Status.UNJUDGED, Doubt.OTHER_MEASURE)
    after = lines(demo, "nq66.conditions", date(2026, 1, 1))[0]
    assert (after.status, after.doubt) == (Status.UNJUDGED, Doubt.STALE)
    assert (
        [
            figure.denominator
            for figure in targets.history(demo, approved.shown_by, demo.moment(date(2026, 1, 1)))
        ][  # type: ignore[arg-type]
            :2
        ]
        == [7806, 6974]
    )


def test_what_was_not_set_yet_is_not_judged(demo: Installation) -> None:
    for line in lines(demo, "nq66.time", REPORTED):
        assert (line.status, line.doubt) == (Status.UNJUDGED, Doubt.NOT_SET)


def test_no_value_is_not_0(demo: Installation) -> None:
    [tasks] = lines(demo, "directive.complete", REPORTED)  # every task is a standing one
    assert (tasks.reading, tasks.numerator, tasks.denominator) == (None, None, None)
    [rank] = lines(demo, "egov.ranking", REPORTED)
    assert (rank.reading, rank.doubt) == (None, Doubt.NO_VALUE)


def test_an_estimate_of_another_measure_is_shown_and_judges_nothing(demo: Installation) -> None:
    [line] = lines(demo, "hanoi.level4", REPORTED)
    assert line.reading is not None
    assert (line.reading.comparator, line.reading.is_same, line.doubt) == (
        "approx",
        False,
        Doubt.OTHER_MEASURE,
    )


def test_the_window_is_the_one_asked_for(demo: Installation) -> None:
    moment = demo.moment(REPORTED)
    [usual] = targets.standing(demo, "simplification.complete", moment)
    [year] = targets.standing(demo, "simplification.complete", moment, Window.TWELVE_MONTHS)
    assert isinstance(usual.pace, Pace)
    assert isinstance(year.pace, NoPace)


def test_every_target_stands_somewhere_on_any_day(demo: Installation, empty: Installation) -> None:
    known = [target.id for target in demo.reference.targets]
    for installation in (demo, empty):
        for day in (date(2010, 1, 1), date(2023, 10, 31), date(2024, 3, 21), date(2035, 12, 31)):
            found = targets.standings(installation, installation.moment(day))
            assert list(dict.fromkeys(line.target.id for line in found)) == known
            assert all((line.doubt is None) == (line.status is not Status.UNJUDGED) for line in found)
    assert not any(
        line.numerator for line in targets.standings(empty, empty.moment(REPORTED)) if line.programme
    )


def test_a_programme_names_the_target_of_its_own_measure(demo: Installation) -> None:
    measures = {target.id: target.measure for target in demo.reference.targets}
    named = {programme.kind: programme.target for programme in demo.reference.programmes}
    assert set(named) == set(figures.PROGRAMMES)
    for kind, target in named.items():
        assert target is not None
        assert measures[target] == f"{kind}.done"


def test_an_unknown_target_is_not_found(demo: Installation) -> None:
    with pytest.raises(NotFound, match="target_not_found"):
        targets.standing(demo, "simplification", demo.moment())
