"""Sums, gaps and identities of a periodic form."""

from dataclasses import replace
from datetime import date

import pytest

from catalogue.model.report_form import Carry, Identity, from_json, head_cells
from catalogue.model.report_table import (
    Gap,
    Row,
    RowKind,
    Sent,
    added,
    broken,
    carry_faults,
    differences,
    is_testable,
    merged,
    row_faults,
    table_of_fields,
    value_of,
)
from catalogue.reference import load_reference

II_06A, II_07B = (load_reference().report_form(code) for code in ("II.06a", "II.07b"))
DAY = date(2024, 3, 14)
SUM, BOUND = Identity(("a",), "=", ("b", "c")), Identity(("a",), "<=", ("b", "c"))


def figures(new: int = 100, carried: int = 20, pending: int = 8) -> dict[str, int]:
    resolved = new + carried - pending
    return {
        "received": new + carried, "online": new, "in_person": 0, "carried_in": carried,
        "resolved": resolved, "resolved_early": resolved, "resolved_on_time": 0, "resolved_late": 0,
        "pending": pending, "pending_in_time": pending, "pending_late": 0,
    }  # fmt: skip


def test_a_form_keeps_its_shape_when_it_is_frozen() -> None:
    for form in (II_06A, II_07B):
        assert from_json(form.to_json()) == form


def test_the_head_covers_every_cell_once() -> None:
    for form in (II_06A, II_07B):
        cells = [
            (cell.row + row, cell.column + column)
            for cell in head_cells(form.columns, "vi")
            for row in range(cell.rows)
            for column in range(cell.columns)
        ]
        assert len(cells) == len(set(cells))
        assert len(cells) == len(form.columns) * (max(row for row, _ in cells) + 1)


def test_missing_is_not_zero_and_a_column_that_ended_is_neither() -> None:
    assert value_of(II_07B, "one_stop", {"one_stop": 0}, DAY) == 0
    assert value_of(II_07B, "one_stop", {}, DAY) is Gap.MISSING
    assert value_of(II_07B, "one_stop_district", {"one_stop_district": 5}, date(2025, 6, 30)) == 5
    assert (
        value_of(II_07B, "one_stop_district", {"one_stop_district": 5}, date(2025, 7, 1))
        is Gap.NOT_APPLICABLE
    )


def test_a_sum_says_what_it_knows() -> None:
    assert added([1, Gap.MISSING, 2]) == 3
    assert added([Gap.MISSING, Gap.NOT_APPLICABLE]) is Gap.MISSING
    assert added([Gap.NOT_APPLICABLE]) is Gap.NOT_APPLICABLE
    assert added([]) is Gap.MISSING
    assert added([0]) == 0


def test_an_identity_is_tested_only_where_its_figures_are() -> None:
    assert broken(SUM, {"a": 3, "b": 1, "c": 2}) is None
    assert broken(SUM, {"a": 4, "b": 1, "c": 2}) == (4, 3)
    assert broken(BOUND, {"a": 2, "b": 1, "c": 2}) is None
    assert broken(BOUND, {"a": 4, "b": 1, "c": 2}) == (4, 3)
    assert broken(SUM, {"a": 4, "b": 1, "c": Gap.MISSING}) is None
    assert not is_testable(SUM, {"a": 4, "b": 1, "c": Gap.MISSING})
    assert broken(SUM, {"a": 4, "b": 1, "c": Gap.NOT_APPLICABLE}) == (4, 1)
    assert not is_testable(SUM, {"a": 4, "b": Gap.NOT_APPLICABLE, "c": Gap.NOT_APPLICABLE})


@pytest.mark.parametrize(
    ("code", "equations"),
    [
        ("received", {"(3)", "(3) + x"}),
        ("pending_late", {"(11)"}),
    ],
)
def test_both_sides_of_a_broken_identity_are_named(code: str, equations: set[str]) -> None:
    values = figures()
    row = Sent("ministry", "Dược phẩm", values | {code: values[code] + 2}, 12)
    faults = list(row_faults(II_06A, [row], DAY))
    assert {fault.details["left"] for fault in faults} <= equations
    assert faults[0].row == 12
    if code == "received":
        assert len(faults) == 2  # (3) = (4) + (5) + (6) and (3) = (7) + (11)
        assert faults[0].details == {
            "left": "(3)", "left_value": 122, "right": "(4) + (5) + (6)", "right_value": 120,
        }  # fmt: skip


def test_a_period_goes_on_from_the_one_before_row_by_row() -> None:
    before = [
        Sent("ministry", "Dược phẩm", figures(pending=8)),
        Sent("ministry", "Mỹ phẩm", figures(pending=3)),
    ]
    good = Sent("ministry", "Dược  PHẨM".replace("  ", " "), figures(carried=8), 9)
    gone = list(carry_faults(II_06A, [good], before))
    assert [(fault.rule, fault.label, fault.details["expected"]) for fault in gone] == [
        ("carry_gone", "Mỹ phẩm", 3)
    ]
    wrong = Sent("ministry", "Mỹ phẩm", figures(carried=4), 10)
    new = Sent("ministry", "Thiết bị y tế", figures(carried=1), 11)
    faults = list(carry_faults(II_06A, [good, wrong, new], before))
    assert [(fault.row, fault.details["found"], fault.details["expected"]) for fault in faults] == [
        (10, 4, 3),
        (11, 1, 0),
    ]


def test_a_name_under_another_section_is_another_row() -> None:
    before = [Sent("provincial", "Đất đai", figures(pending=8))]
    now = [Sent("district", "Đất đai", figures(carried=8), 5)]
    assert {fault.rule for fault in carry_faults(II_06A, now, before)} == {"carry", "carry_gone"}


def test_agencies_are_added_up_by_name_under_their_section() -> None:
    rows = merged(
        [
            Sent("communal", "Hộ tịch", figures(10)),
            Sent("communal", "Hộ Tịch", figures(5)),
            Sent("district", "Hộ tịch", figures(1)),
        ]
    )
    assert [(row.section, row.values["online"]) for row in rows] == [("communal", 15), ("district", 1)]
    table = table_of_fields(II_06A, rows, DAY, "vi", "Tổng số")
    assert [(row.kind.value, row.ordinal) for row in table] == [
        ("section", "A"), ("field", "1"), ("section", "B"), ("field", "1"), ("total", ""),
    ]  # fmt: skip
    assert table[-1].values["online"] == 16
    assert table_of_fields(II_06A, [], DAY, "vi", "Tổng số") == ()


def test_differences_name_what_moved_came_and_went() -> None:
    total = Row(RowKind.TOTAL, "", "Tổng số", figures(10))
    work = Row(RowKind.FIELD, "1", "Hộ tịch", figures(10), "communal")
    later = Row(RowKind.FIELD, "7", "Hộ tịch", figures(12), "communal")
    new = Row(RowKind.FIELD, "1", "Chứng thực", figures(3), "communal")
    assert differences(II_06A, [work, total], [replace(work, ordinal="9"), total]) == ()
    found = differences(II_06A, [work, total], [later, new, replace(total, values=figures(15))])
    assert found[0].row.kind is RowKind.TOTAL
    moved = next(one for one in found if one.row is later and one.column == "online")
    assert (moved.printed, moved.now, moved.change) == (10, 12, 2)
    came = next(one for one in found if one.row is new and one.column == "online")
    assert (came.printed, came.now) == (None, 3)
    went = differences(II_06A, [work], [])
    assert {(one.printed is None, one.now) for one in went} == {(False, None)}


def test_a_figure_that_came_where_there_was_none_has_no_change_in_numbers() -> None:
    was = Row(
        RowKind.AGENCY,
        "1",
        "A",
        dict.fromkeys((c.code for c in II_07B.figures), Gap.MISSING),
        agency_code="a",
    )
    now = replace(was, values={**was.values, "one_stop": 5})
    (one,) = differences(II_07B, [was], [now])
    assert (one.printed, one.now, one.change) == (Gap.MISSING, 5, None)


def test_a_carry_looks_at_its_own_columns() -> None:
    form = replace(II_06A, carried=(Carry("carried_in", "pending_late"),))
    before = [Sent("ministry", "Dược phẩm", figures())]
    (fault,) = carry_faults(form, [Sent("ministry", "Dược phẩm", figures(carried=20), 3)], before)
    assert (fault.details["before"], fault.details["expected"]) == ("(13)", 0)
