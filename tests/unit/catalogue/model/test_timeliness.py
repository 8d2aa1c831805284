"""The limits of the decrees in working days, Tết and swapped days included; the lag of a province."""

from datetime import date

import pytest

from catalogue.model.timeliness import Check, Lag, Limit, Milestone, Timeliness, lag, overall, timeliness
from catalogue.reference import load_reference
from catalogue.working_days import Calendar

CALENDAR = load_reference().calendar
MINISTRY = {
    Milestone.SIGNED: Limit(20, "Điều 15"),
    Milestone.ENTERED: Limit(5, "Điều 24"),
    Milestone.POSTED: Limit(5, "Điều 26"),
}


def check(
    signed_on: date,
    in_force_on: date | None = None,
    entered_on: date | None = None,
    limits: dict[Milestone, Limit | None] | None = None,
) -> dict[Milestone, Check]:
    bases = [("01/2024/TT-BTP", in_force_on)] if in_force_on else []
    found = timeliness(
        signed_on,
        bases=bases,
        days={Milestone.ENTERED: entered_on},
        limits=MINISTRY if limits is None else limits,
        calendar=CALENDAR,
    )
    return {one.milestone: one for one in found}


@pytest.mark.parametrize(
    ("in_force_on", "limit_on"),
    [
        (date(2024, 3, 1), date(2024, 1, 26)),  # 8-14 February is Tết
        (date(2024, 4, 1), date(2024, 3, 4)),  # no day off between
        (date(2024, 5, 6), date(2024, 4, 3)),  # 18, 29, 30 April and 1 May are off, Saturday 4 May is worked
        (date(2025, 5, 5), date(2025, 4, 2)),  # 7, 30 April, 1, 2 May are off, Saturday 26 April is worked
        (date(2024, 1, 1), date(2023, 12, 4)),  # in force on a public holiday
    ],
)
def test_a_ministry_signs_twenty_working_days_before(in_force_on: date, limit_on: date) -> None:
    kept = check(limit_on, in_force_on)[Milestone.SIGNED]
    assert (kept.limit_on, kept.days_late, kept.state) == (limit_on, 0, Timeliness.IN_TIME)
    next_working = CALENDAR.add(limit_on, 1)
    missed = check(next_working, in_force_on)[Milestone.SIGNED]
    assert (missed.days_late, missed.state) == (1, Timeliness.LATE)


def test_signed_after_the_document_was_in_force() -> None:
    found = check(date(2024, 4, 8), date(2024, 4, 1))[Milestone.SIGNED]
    assert found.days_late == 25
    assert found.basis == "01/2024/TT-BTP"


@pytest.mark.parametrize(
    ("signed_on", "limit_on"),
    [
        (date(2024, 2, 7), date(2024, 2, 21)),  # the last day before Tết
        (date(2024, 4, 26), date(2024, 5, 7)),  # 29 April - 1 May off, Saturday 4 May worked
        (date(2024, 3, 18), date(2024, 3, 25)),
    ],
)
def test_entered_within_five_working_days(signed_on: date, limit_on: date) -> None:
    assert check(signed_on, entered_on=limit_on)[Milestone.ENTERED].days_late == 0
    late = check(signed_on, entered_on=CALENDAR.add(limit_on, 3))[Milestone.ENTERED]
    assert (late.limit_on, late.days_late) == (limit_on, 3)


def test_the_day_off_after_the_last_day_is_late() -> None:
    friday = date(2024, 3, 22)
    found = check(date(2024, 3, 15), entered_on=date(2024, 3, 23))[Milestone.ENTERED]
    assert (found.limit_on, found.days_late) == (friday, 1)


def test_what_is_not_recorded_is_unknown_and_never_late() -> None:
    found = check(date(2024, 3, 18))
    assert {one.state for one in found.values()} == {Timeliness.UNKNOWN}
    assert found[Milestone.SIGNED].limit_on is None
    assert found[Milestone.ENTERED].limit_on == date(2024, 3, 25)
    without = check(date(2009, 1, 5), date(2009, 3, 2), date(2009, 1, 6), limits={})
    assert {(one.limit, one.state) for one in without.values()} == {(None, Timeliness.UNKNOWN)}


def test_every_legal_document_is_counted_back_from() -> None:
    found = timeliness(
        date(2024, 3, 4),
        bases=[("a", date(2024, 4, 1)), ("b", date(2024, 3, 29)), ("c", None)],
        days={},
        limits=MINISTRY,
        calendar=CALENDAR,
    )
    assert [(one.basis, one.days_late) for one in found[:3]] == [("a", 0), ("b", 1), ("c", None)]
    assert overall(found) == (Timeliness.LATE, 1)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ((0, 0, 0), (Timeliness.IN_TIME, 0)),
        ((0, None, 0), (Timeliness.UNKNOWN, None)),
        ((2, None, 7), (Timeliness.LATE, 7)),
        ((None, None), (Timeliness.UNKNOWN, None)),
    ],
)
def test_one_word_for_a_decision(
    late: tuple[int | None, ...], expected: tuple[Timeliness, int | None]
) -> None:
    checks = [Check(Milestone.SIGNED, None, None, None, days) for days in late]
    assert overall(checks) == expected


def test_quang_binh_followed_its_ministry_after_81_days() -> None:
    assert lag(date(2024, 8, 29), date(2024, 11, 18), CALENDAR) == Lag(81, 55)
    assert lag(date(2024, 8, 29), date(2024, 8, 29), CALENDAR) == Lag(0, 0)


def test_days_are_counted_as_they_are_added() -> None:
    usual = Calendar()
    for day in (date(2024, 2, 1), date(2024, 5, 3), date(2024, 8, 31)):
        for count in (1, 4, 19):
            assert CALENDAR.between(day, CALENDAR.add(day, count)) == count
    assert usual.between(date(2024, 5, 3), date(2024, 5, 6)) == 1
    assert CALENDAR.between(date(2024, 5, 3), date(2024, 5, 6)) == 2
    assert CALENDAR.between(date(2024, 5, 6), date(2024, 5, 3)) == -2
