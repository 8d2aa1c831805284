"""What of a cost sheet cannot be taken: every fault by its row and column."""

from dataclasses import replace

import pytest

from catalogue.errors import Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import Collected, Draft, DraftLine, Kind, Method, faults, shown

GOOD = Collected(90, "Khảo sát 30 doanh nghiệp", Method.SURVEY)
WHOLE = {Kind.TIMES: (replace(GOOD, value=1),), Kind.PEOPLE: (GOOD,)}
LINE = DraftLine(Activity.PREPARE, "Đơn đề nghị", {Kind.MINUTES: (GOOD,)}, 7)
DRAFT = Draft("1.900001", 1, (LINE, replace(LINE, label="Bản sao", row=8)), WHOLE, 3, "1.900001")


def with_line(**changes: object) -> Draft:
    return replace(DRAFT, lines=(DRAFT.lines[0], replace(DRAFT.lines[1], **changes)))


def with_figure(figure: Collected, kind: Kind = Kind.MINUTES) -> Draft:
    return with_line(figures={kind: (GOOD, figure)})


def found(draft: Draft) -> list[tuple[str, int | None, str | None, str | None]]:
    return [(one.rule, one.row, one.column, one.value) for one in faults(draft)]


def test_a_whole_sheet_has_no_fault() -> None:
    assert faults(DRAFT) == ()


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        (with_figure(replace(GOOD, source=" ")), ("cost_source_missing", 8, "minutes", "1,5")),
        (with_figure(replace(GOOD, value=-30)), ("cost_negative", 8, "minutes", "-0,5")),
        (with_figure(replace(GOOD, value=-1), Kind.FEES), ("cost_negative", 8, "fees", "-1")),
        (with_figure(replace(GOOD, method=None)), ("cost_method_missing", 8, "minutes", "1,5")),
        (
            with_figure(replace(GOOD, value=10**13), Kind.HIRED),
            ("cost_too_large", 8, "hired", "10.000.000.000.000"),
        ),
        (with_figure(replace(GOOD, source="a" * 1001)), ("cost_text_long", 8, "source", "1000")),
        (with_line(label="  "), ("cost_label_missing", 8, "label", None)),
        (with_line(label="a" * 501), ("cost_text_long", 8, "label", "500")),
        (with_line(label="ĐƠN  đề nghị"), ("cost_line_twice", 8, "label", "7")),
        (with_line(figures={}), ("cost_line_empty", 8, "minutes", None)),
        (replace(DRAFT, lines=()), ("cost_no_lines", 3, None, None)),
        (replace(DRAFT, whole={Kind.TIMES: (GOOD,)}), ("cost_count_missing", 3, "people", None)),
        (
            replace(DRAFT, whole=WHOLE | {Kind.PEOPLE: (replace(GOOD, value=-5),)}),
            ("cost_negative", 3, "people", "-5"),
        ),
        (
            replace(DRAFT, whole=WHOLE | {Kind.TIMES: (Collected(1),)}),
            ("cost_source_missing", 3, "times", "1"),
        ),
    ],
)
def test_each_fault_is_named_by_row_and_column(
    draft: Draft, fault: tuple[str, int, str | None, str | None]
) -> None:
    assert fault in found(draft)
    assert {one[1] for one in found(draft)} == {fault[1]}


def test_too_many_lines_are_refused() -> None:
    lines = tuple(replace(LINE, label=f"Việc {place}", row=place) for place in range(201))
    assert found(replace(DRAFT, lines=lines)) == [("cost_many_lines", 3, None, "200")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_fault_is_a_sentence_in_both_languages(language: str) -> None:
    t = Translator(language)
    for rule in (
        "cost_source_missing", "cost_negative", "cost_method_missing", "cost_too_large", "cost_text_long",
        "cost_label_missing", "cost_line_twice", "cost_line_empty", "cost_no_lines", "cost_count_missing",
        "cost_many_lines", "cost_not_lower_middle", "cost_activity_missing", "cost_figure_line",
    ):  # fmt: skip
        said = issue_text(t, Issue(rule, row=8, column="minutes", value="7"), form="cost")
        assert rule not in said
        assert "{" not in said


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [(Kind.MINUTES, 90, "1,5"), (Kind.MINUTES, 20, "0,33"), (Kind.MINUTES, 0, "0"), (Kind.MINUTES, 600, "10"),
     (Kind.HIRED, 1_250_000, "1.250.000"), (Kind.PEOPLE, 7, "7")],
)  # fmt: skip
def test_figures_are_shown_as_the_form_has_them(kind: Kind, value: int, text: str) -> None:
    assert shown(kind, value) == text
