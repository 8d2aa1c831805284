"""Laws of periodic forms: consistent rows always pass, one changed figure never does where an identity covers it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.report_table import Sent, carry_faults, differences, merged, row_faults, table_of_fields
from catalogue.reference import load_reference

FORM = load_reference().report_form("II.06a")
CODES = [column.code for column in FORM.imported]
COVERED = {code for one in FORM.identities for code in (*one.left, *one.right)}
DAY = date(2024, 3, 14)
COUNT = st.integers(0, 10**7)


@st.composite
def consistent(draw: st.DrawFn) -> dict[str, int]:
    """The figures of one row that keep to every identity."""
    online, in_person, carried_in = draw(COUNT), draw(COUNT), draw(COUNT)
    received = online + in_person + carried_in
    pending = draw(st.integers(0, received))
    overdue = draw(st.integers(0, pending))
    resolved = received - pending
    early = draw(st.integers(0, resolved))
    late = draw(st.integers(0, resolved - early))
    return {
        "received": received, "online": online, "in_person": in_person, "carried_in": carried_in,
        "resolved": resolved, "resolved_early": early, "resolved_on_time": resolved - early - late, "resolved_late": late,
        "pending": pending, "pending_in_time": pending - overdue, "pending_late": overdue,
    }  # fmt: skip


ROW = st.builds(
    Sent,
    st.sampled_from([section.code for section in FORM.sections]),
    st.sampled_from(["Hộ tịch", "Đất đai", "Dược phẩm", "Chứng thực"]),
    consistent(),
    st.integers(1, 60),
)


def test_every_column_that_agencies_send_is_covered() -> None:
    assert set(CODES) == COVERED


@given(st.lists(ROW))
def test_consistent_rows_pass(rows: list[Sent]) -> None:
    assert list(row_faults(FORM, rows, DAY)) == []


@given(consistent(), st.sampled_from(CODES), st.integers(-(10**7), 10**7).filter(bool))
def test_one_changed_figure_is_caught(values: dict[str, int], code: str, change: int) -> None:
    row = Sent("ministry", "Dược phẩm", values | {code: values[code] + change}, 12)
    faults = list(row_faults(FORM, [row], DAY))
    assert faults
    assert {fault.row for fault in faults} == {12}
    for fault in faults:
        assert abs(int(str(fault.details["left_value"])) - int(str(fault.details["right_value"]))) == abs(
            change
        )


@given(st.lists(ROW))
def test_sums_of_consistent_rows_are_consistent_and_lose_nothing(rows: list[Sent]) -> None:
    together = merged(rows)
    assert list(row_faults(FORM, together, DAY)) == []
    for code in CODES:
        assert sum(row.values[code] for row in together) == sum(row.values[code] for row in rows)
    table = table_of_fields(FORM, together, DAY, "vi", "Tổng số")
    if rows:
        assert table[-1].values == {code: sum(row.values[code] for row in rows) for code in CODES}
    assert differences(FORM, table, table) == ()


@given(st.lists(ROW, unique_by=lambda row: row.key), st.data())
def test_a_period_that_goes_on_passes_and_one_that_does_not_is_caught(
    rows: list[Sent], data: st.DataObject
) -> None:
    goes_on = [
        Sent(row.section, row.label, row.values | {"carried_in": row.values["pending"]}, row.number)
        for row in rows
    ]
    assert list(carry_faults(FORM, goes_on, rows)) == []
    if rows:
        place = data.draw(st.integers(0, len(rows) - 1))
        row = goes_on[place]
        goes_on[place] = Sent(
            row.section, row.label, row.values | {"carried_in": row.values["carried_in"] + 1}, row.number
        )
        (fault,) = carry_faults(FORM, goes_on, rows)
        assert (fault.row, fault.label) == (row.number, row.label)
