"""What a row of targets.yml may say: a deadline and a baseline have a basis, a reading is of a published figure."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from catalogue.reference import Target, load_reference
from catalogue.reference.checks import shows

ROW: dict[str, Any] = {
    "id": "x",
    "measure": "x",
    "value": 30,
    "unit": "percent",
    "comparator": "ge",
    "deadline": None,
    "deadline_basis": None,
    "source": "003",
    "label_vi": "Chỉ tiêu",
    "label_en": "Target",
}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"deadline": date(2025, 12, 31)}, "deadline and deadline_basis"),
        ({"deadline_basis": "assumed"}, "deadline and deadline_basis"),
        ({"baseline": 0}, "baseline and baseline_basis"),
        ({"baseline_basis": "printed"}, "baseline and baseline_basis"),
        ({"baseline_as_of": date(2020, 1, 1)}, "baseline_as_of needs a baseline"),
        ({"comparator": "approx"}, "comparator"),
        ({"shown_by": ({"figure": "a"}, {"figure": "b"})}, "each needs its label"),
        ({"shown_by": ({"figure": "a", "label_vi": "A"},)}, "label_vi and label_en"),
    ],
)
def test_a_value_without_its_basis_is_refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Target.model_validate(ROW | changed)


def test_an_assumed_deadline_is_marked_as_one() -> None:
    row = Target.model_validate(ROW | {"deadline": date(2025, 12, 31), "deadline_basis": "assumed"})
    assert row.deadline_basis == "assumed"


def test_every_target_of_the_task_is_there_and_every_reading_has_figures() -> None:
    reference = load_reference()
    targets = {target.id: target for target in reference.targets}
    assert {programme.target for programme in reference.programmes} <= set(targets)
    for name, value in (
        ("nq66.time", 30), ("nq66.cost", 30), ("nq66.conditions", 30), ("online.payment", 30), ("hanoi.level4", 100),
        ("hanoi.integration", 60), ("hanoi.on_time", 100), ("hanoi.simplified", 20), ("hanoi.sipas.2023", 85),
        ("hanoi.sipas.2025", 90), ("hanoi.papi", 5),
    ):  # fmt: skip
        assert targets[name].value == value
    for target in reference.targets:
        for reading in target.shown_by:
            assert any(shows(figure, reading.figure) for figure in reference.published_figures)
