"""Reporting periods: months that follow each other, the day returns are due, and what a return counts as."""

from datetime import UTC, date, datetime

import pytest

from catalogue.errors import Invalid
from catalogue.model.reporting import (
    Period,
    ReturnKind,
    ReturnState,
    due_day,
    missing_parts,
    month_of,
    next_name,
    opens_too_early,
    return_state,
)
from catalogue.working_days import Calendar

OPEN = Period(1, "2024-02", date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 7))
CLOSED = Period(
    1,
    "2024-02",
    date(2024, 2, 1),
    date(2024, 2, 29),
    date(2024, 3, 7),
    closed_at=datetime(2024, 3, 5, tzinfo=UTC),
    frozen_revision=100,
)
IN_TIME, TOO_LATE = date(2024, 3, 7), date(2024, 3, 8)


def test_a_period_is_a_calendar_month() -> None:
    assert month_of("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert month_of("2023-12") == (date(2023, 12, 1), date(2023, 12, 31))


@pytest.mark.parametrize("name", ["2024-2", "2024-13", "02/2024", "2024", "", "2024-02-01", "99999-01"])
def test_what_is_no_month_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as caught:
        month_of(name)
    assert caught.value.code == "period_name"


def test_returns_are_due_on_the_fifth_working_day_of_the_next_month() -> None:
    calendar = Calendar()
    assert due_day(date(2024, 2, 29), 5, calendar) == date(2024, 3, 7)
    assert due_day(date(2023, 12, 31), 5, calendar) == date(2024, 1, 8)  # 1 January is no working day


def test_periods_follow_each_other() -> None:
    assert next_name([], date(2024, 3, 21)) == "2024-03"
    assert next_name([OPEN], date(2026, 11, 20)) == "2024-03"
    assert not opens_too_early(date(2024, 4, 1), date(2024, 3, 21))
    assert opens_too_early(date(2024, 5, 1), date(2024, 3, 21))


@pytest.mark.parametrize(
    ("period", "kind", "first_sent_on", "day", "expected"),
    [
        (OPEN, None, None, IN_TIME, ReturnState.WAITING),
        (OPEN, None, None, TOO_LATE, ReturnState.MISSING),
        (CLOSED, None, None, IN_TIME, ReturnState.WAITING),  # closed early: still time to send it
        (CLOSED, None, None, TOO_LATE, ReturnState.MISSING),
        (OPEN, ReturnKind.REPORT, IN_TIME, TOO_LATE, ReturnState.SUBMITTED),
        (OPEN, ReturnKind.NIL, IN_TIME, TOO_LATE, ReturnState.NIL),
        (OPEN, ReturnKind.REPORT, TOO_LATE, TOO_LATE, ReturnState.LATE),
        (OPEN, ReturnKind.NIL, TOO_LATE, TOO_LATE, ReturnState.LATE),
        (CLOSED, ReturnKind.REPORT, IN_TIME, TOO_LATE, ReturnState.SUBMITTED),
        (CLOSED, ReturnKind.REPORT, TOO_LATE, TOO_LATE, ReturnState.LATE),
    ],
)
def test_state_of_a_return(
    period: Period,
    kind: ReturnKind | None,
    first_sent_on: date | None,
    day: date,
    expected: ReturnState,
) -> None:
    assert return_state(period, kind, first_sent_on, day) is expected


def test_a_report_needs_its_letter_and_a_nil_return_nothing() -> None:
    day = date(2024, 3, 5)
    lacking = missing_parts(ReturnKind.REPORT, None, None, [], day)
    assert [issue.column for issue in lacking] == ["number", "issued_on", "return_file"]
    assert missing_parts(ReturnKind.REPORT, "1/BC-BYT", day, [object()], day) == ()
    assert missing_parts(ReturnKind.NIL, None, None, [], day) == ()
    future = missing_parts(ReturnKind.REPORT, "1/BC-BYT", date(2024, 3, 6), [object()], day)
    assert [issue.rule for issue in future] == ["date_in_future"]
