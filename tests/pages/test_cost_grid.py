"""The editor's two tables: a sheet reads back as it was shown, and what cannot be read is named by its row."""

from dataclasses import replace
from typing import Any

import pytest

from catalogue.i18n import LANGUAGES, Translator
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import Collected, Draft, DraftLine, Kind, Method
from pages.ui import cost_grid

SURVEY = Collected(90, "Khảo sát 30 doanh nghiệp", Method.SURVEY)
DRAFT = Draft(
    "1.900001",
    1,
    (
        DraftLine(Activity.PREPARE, "Đơn đề nghị", {Kind.MINUTES: (SURVEY, replace(SURVEY, value=20))}, 1),
        DraftLine(Activity.PAY, "Lệ phí", {Kind.FEES: (Collected(135_000, "Thông tư 1", Method.LAW),)}, 2),
    ),
    {
        Kind.TIMES: (replace(SURVEY, value=1),),
        Kind.PEOPLE: (replace(SURVEY, value=7), replace(SURVEY, value=9)),
    },
)
T = Translator("vi")
ROW = {
    "activity": "Nộp hồ sơ",
    "label": "Nộp",
    "minutes": 1.5,
    "source": "Khảo sát",
    "method": "Phiếu khảo sát",
}
LISTED = {"line": 1, "kind": "Thời gian (giờ)", "value": 0.5, "source": "A", "method": "Phỏng vấn"}


def typed(
    lines: list[dict[str, Any]], figures: list[dict[str, Any]] | None = None
) -> tuple[Draft, list[tuple[Any, ...]]]:
    numbered = [list(enumerate(some, start=1)) for some in (lines, figures or [])]
    found, issues = cost_grid.read(replace(DRAFT, lines=(), whole={}), *numbered, {}, T)
    return found, [(one.rule, one.row, one.column, one.value) for one in issues]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_reads_back_as_it_was_shown(language: str) -> None:
    t = Translator(language)
    lines, figures, counts = cost_grid.frames(DRAFT, t)
    shown = [cost_grid.cells(cost_grid.numbered(one)) for one in (lines, figures)]
    assert cost_grid.read(DRAFT, shown[0], shown[1], counts, t) == (DRAFT, ())
    assert list(cost_grid.numbered(lines).index) == [1, 2]
    assert lines["minutes"][0] == 20 / 60


def test_hours_become_minutes_and_empty_rows_are_passed_over() -> None:
    draft, issues = typed([{}, ROW, {"minutes": None, "label": " "}])
    assert [line.figures for line in draft.lines] == [
        {Kind.MINUTES: (Collected(90, "Khảo sát", Method.SURVEY),)}
    ]
    assert (draft.lines[0].row, issues) == (2, [])


def test_rows_that_cannot_be_read_are_named() -> None:
    assert typed([ROW | {"activity": None}])[1] == [("cost_activity_missing", 1, "activity", None)]
    for changed, fault in (
        ({"line": 5}, ("cost_figure_line", 1, "line", "5")),
        ({"value": None}, ("cost_figure_incomplete", 1, "value", None)),
        ({"kind": None}, ("cost_figure_incomplete", 1, "kind", None)),
        ({"kind": "Thuê tư vấn, dịch vụ, đi lại, in chụp (đồng)"}, ("cost_figure_whole", 1, "value", "0.5")),
        ({"line": 0}, ("cost_figure_kind", 1, None, "Thời gian (giờ)")),
    ):
        assert typed([ROW], [LISTED | changed])[1] == [fault]


def test_a_number_beside_its_sources_must_be_their_lower_middle() -> None:
    draft, issues = typed([ROW], [LISTED, LISTED | {"value": 4}])
    assert issues == [("cost_not_lower_middle", 1, Kind.MINUTES, "1,5 ≠ 0,5")]
    assert [one.value for one in draft.lines[0].figures[Kind.MINUTES]] == [30, 240]


def test_a_line_keeps_its_number_behind_an_empty_row() -> None:
    draft, issues = typed(
        [{}, ROW], [LISTED | {"line": 2, "kind": "Phí, lệ phí, chi phí khác (đồng)", "value": 7}]
    )
    assert issues == []
    assert draft.lines[0].figures[Kind.FEES] == (Collected(7, "A", Method.INTERVIEW),)
    assert typed([{}, ROW], [LISTED])[1] == [("cost_figure_line", 1, "line", "1")]


def test_a_deleted_row_moves_no_source_to_another_line() -> None:
    """Streamlit keeps the numbers of the rows that are left."""
    lines = cost_grid.numbered(cost_grid.frames(DRAFT, T)[0])
    left = cost_grid.cells(lines.drop(lines.index[[0]]))
    fee = {
        "line": 2,
        "kind": "Phí, lệ phí, chi phí khác (đồng)",
        "value": 9,
        "source": "A",
        "method": "Phỏng vấn",
    }
    draft, issues = cost_grid.read(
        replace(DRAFT, lines=(), whole={}), left, [(1, fee | {"value": 135_000})], {}, T
    )
    assert issues == ()
    assert [(one.label, one.row) for one in draft.lines] == [("Lệ phí", 2)]
    assert draft.lines[0].figures[Kind.FEES] == (Collected(135_000, "A", Method.INTERVIEW),)
