"""The rules of an instrument: which changes of its plan ask for a reason, how its history reads."""

from datetime import date, timedelta
from typing import Any

import pytest

from catalogue.model.instrument import (
    Issuance,
    Plan,
    State,
    issuance_problems,
    moves,
    problems,
    slips,
    story,
)

TODAY = date(2024, 3, 21)
PLAN = Plan(State.DRAFTING, "Thông tư A", "bo-y-te", date(2024, 5, 1))


def changed(**values: Any) -> Plan:
    return Plan(**({name: getattr(PLAN, name) for name in PLAN.__dataclass_fields__} | values))


@pytest.mark.parametrize(
    ("after", "slip"),
    [
        ({"state": State.PLANNED}, "step_back"),
        ({"planned_issue_on": date(2024, 5, 2)}, "later_date"),
        ({"planned_issue_on": None}, "no_date"),
        ({"drafting_agency": "bo-cong-an"}, "hand_over"),
    ],
)
def test_what_slips_asks_for_a_reason(after: dict[str, Any], slip: str) -> None:
    found = problems(PLAN, changed(**after), " ", TODAY)
    assert [issue.rule for issue in found] == [f"reason_for_{slip}"]
    assert not problems(PLAN, changed(**after), "Chờ luật", TODAY)


@pytest.mark.parametrize(
    "after",
    [
        {"state": State.SUBMITTED},
        {"planned_issue_on": date(2024, 4, 1)},
        {"title": "Thông tư B"},
        {},
    ],
)
def test_what_goes_forward_asks_for_none(after: dict[str, Any]) -> None:
    assert not slips(PLAN, changed(**after))
    assert not problems(PLAN, changed(**after), None, TODAY)


def test_a_first_day_and_a_first_agency_need_no_reason() -> None:
    before = changed(planned_issue_on=None, drafting_agency=None)
    assert not problems(before, PLAN, None, TODAY)


def test_a_day_that_has_passed_can_stay_but_not_be_set() -> None:
    passed = changed(planned_issue_on=date(2024, 1, 1))
    assert not problems(passed, Plan(State.SUBMITTED, "Thông tư A", "bo-y-te", date(2024, 1, 1)), None, TODAY)
    found = problems(PLAN, passed, None, TODAY)
    assert [issue.rule for issue in found] == ["planned_date_passed"]


def test_nothing_is_issued_by_a_plan() -> None:
    found = problems(PLAN, changed(state=State.ISSUED), "Đã ký", TODAY)
    assert [issue.rule for issue in found] == ["instrument_issued_by_claim"]


def test_a_title_is_needed_and_has_an_end() -> None:
    for title, rule in ((" ", "instrument_title_missing"), ("x" * 501, "instrument_title_too_long")):
        assert [issue.rule for issue in problems(PLAN, changed(title=title), None, TODAY)] == [rule]


def test_number_and_days_of_an_issued_document_must_be_possible() -> None:
    bad = Issuance(" ", TODAY + timedelta(days=1), TODAY)
    assert [issue.rule for issue in issuance_problems(bad, TODAY)] == [
        "field_missing", "date_in_future", "in_force_before_issue"
    ]  # fmt: skip
    assert not issuance_problems(Issuance("1/2024/TT-BYT", TODAY, TODAY), TODAY)


def event(revision: int, place: int, **values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("number", "issued_on", "in_force_on", "reason", "actor_name"))
    return empty | {
        "revision": revision, "event_id": place, "effective_date": TODAY, "state": "planned", "title": "Thông tư A",
        "drafting_agency": "bo-y-te", "planned_issue_on": date(2024, 5, 1), "command": "x", "recorded_at": None,
    } | values  # fmt: skip


def test_the_story_tells_one_step_a_revision_and_every_move_of_the_day() -> None:
    steps = story(
        [
            event(1, 1),
            event(2, 2, planned_issue_on=date(2024, 6, 1)),
            event(3, 3, planned_issue_on=date(2024, 5, 20), state="drafting"),
            event(4, 4, planned_issue_on=date(2024, 7, 1), state="drafting"),
            # issued, told for two days: once
            event(
                5,
                5,
                state="issued",
                number="1",
                planned_issue_on=date(2024, 7, 1),
                effective_date=date(2024, 3, 1),
            ),
            event(5, 6, state="issued", number="1", planned_issue_on=date(2024, 7, 1)),
        ]
    )
    assert [step.recorded["revision"] for step in steps] == [1, 2, 3, 4, 5]
    assert [step.is_first for step in steps] == [True, False, False, False, False]
    assert set(steps[2].changed) == {"planned_issue_on", "state"}
    assert set(steps[4].changed) == {"state", "number"}
    assert moves(steps) == (2, 31 + 42)
