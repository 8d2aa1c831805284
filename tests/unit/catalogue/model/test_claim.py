from dataclasses import replace
from datetime import date

import pytest

from catalogue.errors import Forbidden, InvalidTransition, NotSignedIn
from catalogue.model.actor import NOBODY, Actor, Right, Role
from catalogue.model.claim import (
    Action,
    Claim,
    ClaimKind,
    ClaimState,
    allowed,
    content_of,
    next_state,
    problems,
)

DAY = date(2024, 3, 21)
EDITOR = Actor(1, "byt", "Nguyễn Văn An", Role.MINISTRY_EDITOR, "bo-y-te")
REVIEWER = Actor(2, "vpcp", "Trần Thị Bình", Role.REVIEWER)


def claim(state: ClaimState, agency: str = "bo-y-te") -> Claim:
    return Claim(1, ClaimKind.ENACTED, 1, 1, "bo-giao-thong-van-tai", agency, state, {}, 1)


def whole(**changed: str | None) -> dict[str, object]:
    values = {
        "number": "07/2024/TT-BYT",
        "issued_on": "2024-03-01",
        "in_force_on": "2024-03-15",
        "note": None,
    }
    return content_of(ClaimKind.ENACTED, values | changed)


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_ministry_never_decides_and_a_reviewer_never_writes(state: ClaimState) -> None:
    assert not allowed(claim(state), EDITOR) & {Action.CONFIRM, Action.RETURN}
    assert allowed(claim(state), REVIEWER) <= {Action.CONFIRM, Action.RETURN}


def test_another_agency_may_do_nothing() -> None:
    for state in ClaimState:
        assert allowed(claim(state, "bo-tai-chinh"), EDITOR) == frozenset()


@pytest.mark.parametrize("state", [ClaimState.CONFIRMED, ClaimState.REFUSED, ClaimState.DROPPED])
def test_a_decided_claim_stays_decided(state: ClaimState) -> None:
    for action in Action:
        with pytest.raises(InvalidTransition):
            next_state(ClaimKind.EXTENSION, state, action)


def test_only_an_extension_can_be_refused() -> None:
    assert next_state(ClaimKind.EXTENSION, ClaimState.SUBMITTED, Action.REFUSE) is ClaimState.REFUSED
    for kind in set(ClaimKind) - {ClaimKind.EXTENSION}:
        with pytest.raises(InvalidTransition):
            next_state(kind, ClaimState.SUBMITTED, Action.REFUSE)
        assert Action.REFUSE not in allowed(replace(claim(ClaimState.SUBMITTED), kind=kind), REVIEWER)


def test_rights_are_refused_by_name() -> None:
    with pytest.raises(NotSignedIn):
        NOBODY.require(Right.READ_CLAIMS)
    with pytest.raises(Forbidden):
        EDITOR.require(Right.WRITE_CLAIMS, "bo-tai-chinh")
    assert EDITOR.require(Right.WRITE_CLAIMS, "bo-y-te") == 1


@pytest.mark.parametrize(
    ("content", "evidence", "rule", "column"),
    [
        (whole(number=" "), 1, "field_missing", "number"),
        (whole(issued_on=None), 1, "field_missing", "issued_on"),
        (whole(issued_on="2024-02-30"), 1, "not_a_date", "issued_on"),
        (whole(issued_on="2024-03-22", in_force_on="2024-03-22"), 1, "date_in_future", "issued_on"),
        (whole(in_force_on="2024-02-28"), 1, "in_force_before_issue", "in_force_on"),
        (whole(number="x" * 4001), 1, "text_too_long", "number"),
        (whole(), 0, "evidence_missing", "evidence"),
    ],
)
def test_an_incomplete_claim_says_what_is_missing(
    content: dict[str, object], evidence: int, rule: str, column: str
) -> None:
    found = problems(ClaimKind.ENACTED, content, evidence=evidence, working_date=DAY)
    assert (rule, column) in {(issue.rule, issue.column) for issue in found}


def test_a_whole_claim_has_no_problem_even_when_in_force_later() -> None:
    assert problems(ClaimKind.ENACTED, whole(in_force_on="2024-07-01"), evidence=1, working_date=DAY) == ()


def test_an_extension_must_be_later_than_the_deadline() -> None:
    content = content_of(
        ClaimKind.EXTENSION,
        {"new_deadline": date(2024, 1, 1), "number": "12/VPCP", "issued_on": DAY, "reason": "chờ luật"},
    )
    found = problems(
        ClaimKind.EXTENSION, content, evidence=1, working_date=DAY, current_deadline=date(2024, 6, 30)
    )
    assert [issue.rule for issue in found] == ["deadline_not_later"]
