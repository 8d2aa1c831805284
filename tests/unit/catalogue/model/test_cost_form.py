"""The two tables of a cost sheet: what shares one source stands in its row, what has several is listed, and they agree."""

from catalogue.model.cost import Activity
from catalogue.model.cost_form import FormFigure, FormLine, figures_of, lines_of, read_lines
from catalogue.model.cost_sheet import Collected, DraftLine, Kind, Method

SURVEY, LAW = Collected(90, "Khảo sát", Method.SURVEY), Collected(135_000, "Thông tư 1", Method.LAW)
SIMPLE = DraftLine(
    Activity.PREPARE,
    "Đơn",
    {Kind.MINUTES: (SURVEY,), Kind.HIRED: (Collected(5, "Khảo sát", Method.SURVEY),)},
    1,
)
MIXED = DraftLine(Activity.PAY, "Lệ phí", {Kind.MINUTES: (SURVEY,), Kind.FEES: (LAW,)}, 2)
SEVERAL = DraftLine(
    Activity.SUBMIT, "Nộp", {Kind.MINUTES: (SURVEY, Collected(30, "Phỏng vấn", Method.INTERVIEW))}, 3
)


def test_a_row_has_one_source_and_the_rest_is_listed() -> None:
    rows, figures = lines_of([SIMPLE, MIXED, SEVERAL])
    assert rows[0] == FormLine(
        Activity.PREPARE, "Đơn", {Kind.MINUTES: 90, Kind.HIRED: 5}, "Khảo sát", Method.SURVEY, 1
    )
    assert [(one.line, one.kind, one.value) for one in figures] == [
        (2, Kind.FEES, 135_000), (3, Kind.MINUTES, 90), (3, Kind.MINUTES, 30),
    ]  # fmt: skip
    assert rows[2].values == {Kind.MINUTES: 30}  # the lower middle


def test_both_tables_together_say_what_they_were_made_of() -> None:
    lines = (SIMPLE, MIXED, SEVERAL)
    assert read_lines(*lines_of(lines)) == (lines, ())


def test_a_number_that_is_not_the_lower_middle_is_named() -> None:
    line = FormLine(Activity.SUBMIT, "Nộp", {Kind.MINUTES: 90}, row=9)
    found, issues = read_lines([line], figures_of(1, SEVERAL.figures))
    assert [(one.rule, one.row, one.column, one.value) for one in issues] == [
        ("cost_not_lower_middle", 9, Kind.MINUTES, "1,5 ≠ 0,5")
    ]
    assert found[0].figures == SEVERAL.figures


def test_a_number_that_only_the_list_has_counts() -> None:
    line = FormLine(Activity.OTHER, "Khác", {}, row=1)
    found, issues = read_lines([line], [FormFigure(1, Kind.HIRED, 7, "A", Method.LAW)])
    assert (found[0].figures, issues) == ({Kind.HIRED: (Collected(7, "A", Method.LAW),)}, ())
