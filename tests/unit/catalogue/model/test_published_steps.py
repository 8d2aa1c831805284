"""A figure that the Office publishes: two persons, one way, nothing taken back but by a reason."""

import pytest

from catalogue.errors import Forbidden, InvalidTransition
from catalogue.model.published import State, Step, after, steps

DRAFTER, OTHER = 7, 8


def test_a_second_person_approves() -> None:
    with pytest.raises(Forbidden, match="figure_same_person"):
        after(State.DRAFT, Step.APPROVE, DRAFTER, DRAFTER)
    assert after(State.DRAFT, Step.APPROVE, OTHER, DRAFTER) is State.APPROVED
    assert after(State.APPROVED, Step.PUBLISH, DRAFTER, DRAFTER) is State.PUBLISHED


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.DRAFT, Step.PUBLISH),
        (State.DRAFT, Step.WITHDRAW),
        (State.PUBLISHED, Step.DROP),
        (State.PUBLISHED, Step.APPROVE),
        (State.WITHDRAWN, Step.PUBLISH),
        (State.CORRECTED, Step.WITHDRAW),
        (State.DROPPED, Step.APPROVE),
        (State.REFERENCE, Step.WITHDRAW),
    ],
)
def test_no_step_is_skipped(state: State, step: Step) -> None:
    with pytest.raises(InvalidTransition):
        after(state, step, OTHER, DRAFTER)


def test_the_steps_offered_are_the_steps_allowed() -> None:
    assert steps(State.DRAFT, DRAFTER, DRAFTER) == [Step.DROP]
    assert steps(State.DRAFT, OTHER, DRAFTER) == [Step.APPROVE, Step.DROP]
    assert steps(State.APPROVED, DRAFTER, DRAFTER) == [Step.PUBLISH, Step.DROP]
    assert steps(State.PUBLISHED, OTHER, DRAFTER) == [Step.WITHDRAW]
    for state in State:
        for step in steps(state, OTHER, DRAFTER):
            after(state, step, OTHER, DRAFTER)
