"""A workbook of cost sheets: read whole, every fault named by sheet, row and column, all sheets or none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from catalogue.correspondence import cost_book
from catalogue.errors import ImportRejected, Invalid, Issue
from catalogue.i18n import Translator, texts
from catalogue.i18n.messages import issue_text
from catalogue.model.cost_sheet import Collected, Kind, Method
from catalogue.services import cost_recording, cost_sheets
from catalogue.services.installation import Installation
from pipelines.cost_sheets.read import read_cost_sheets
from pipelines.snapshot import snapshot_of
from tests import cost_world as world
from tests.cost_files import (
    GUIDE,
    INCOME,
    REASON,
    SOURCES,
    YEAR,
    Change,
    brought,
    changed,
    draft,
    first_row,
    line_of,
    put,
    say,
    written,
)
from tests.cost_world import ABOLISHED, AGAIN, EDITOR, FEWER, OFFICE, UNTOLD
from tests.installations import Clock, Filled, copied
from tests.sheets import workbook

T = Translator("vi")
FILE = "bang-tinh.xlsx"
# Rows of the sheet of sources in the workbook of `good`.
TIMES, PEOPLE, FIRST_OF_FOUR, FEE = 1, 2, 3, 7


@pytest.fixture(scope="module")
def shelf(filled_template: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that the tests of this module only read."""
    folder = tmp_path_factory.mktemp("costs") / "data"
    with copied(filled_template(world.fill)[0], folder, Clock()) as installation:
        yield installation


@pytest.fixture(scope="module")
def good(shelf: Installation) -> bytes:
    """Sheets of two procedures with nothing wrong, as the product writes them."""
    return written(shelf, draft(shelf), draft(shelf, UNTOLD))


@pytest.fixture
def small(filled_template: Filled, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    with copied(filled_template(world.fill)[0], tmp_path / "small", clock) as installation:
        yield installation


def row_at(sheet: str, place: int) -> int:
    """The row of Excel in which the row of a table stands, counted from 1."""
    return (5 if sheet == SOURCES else 12) + place


def one(found: Any) -> Issue:
    """The only issue of what was read, and nothing was taken."""
    [issue] = found.issues
    assert found.is_refused
    assert found.givens == ()
    assert issue.file == FILE
    return issue


def place(issue: Issue) -> tuple[str, str | None, int | None, str | None]:
    return issue.rule, issue.sheet, issue.row, issue.column


def test_what_the_product_writes_it_reads_back(shelf: Installation, good: bytes) -> None:
    found = brought(shelf, good)
    assert found.issues == ()
    assert [(one.draft, one.income_year, one.replaces, one.reason) for one in found.givens] == [
        (draft(shelf), YEAR, None, REASON),
        (draft(shelf, UNTOLD), YEAR, None, REASON),
    ]
    assert found.book.name == FILE
    assert len(found.book.sha256) == 64


def test_a_draft_knows_its_sheet_and_rows(shelf: Installation, good: bytes) -> None:
    given = brought(shelf, good).givens[1].draft
    first = row_at(UNTOLD, 1)
    assert (given.sheet, given.row, [line.row for line in given.lines]) == (
        UNTOLD,
        first,
        [first, first + 1, first + 2],
    )


# What is changed (sheet, row of its table, column, value), and all that is said of it: a rule at that place, or with its own.
Said = str | tuple[str, str, int, str]
CELLS: dict[str, tuple[tuple[str, int, str, object], tuple[Said, ...]]] = {
    "a missing source": (
        (FEWER, 2, "source", None),
        (("cost_source_missing", FEWER, 2, "minutes"), ("cost_source_missing", FEWER, 2, "hired")),
    ),
    "a missing way of collecting": (
        (FEWER, 2, "method", None),
        (("cost_method_missing", FEWER, 2, "minutes"), ("cost_method_missing", FEWER, 2, "hired")),
    ),
    "negative hours": ((FEWER, 2, "minutes", -1.5), ("cost_negative",)),
    "hours a little below zero": ((FEWER, 2, "minutes", -0.001), ("cost_negative",)),
    "negative hours as a text": ((FEWER, 2, "minutes", "-1,5"), ("cost_negative",)),
    "negative money": ((FEWER, 2, "hired", -1), ("cost_negative",)),
    "two wage bases": ((FEWER, 2, "income", 45_265), ("cost_two_incomes",)),
    "two wage bases, the first differing": ((FEWER, 1, "income", 45_265), ("cost_two_incomes",)),
    "time without an hourly income": ((FEWER, 2, "income", None), ("cost_income_missing",)),
    "hours that are no number": ((FEWER, 2, "minutes", "nửa ngày"), ("cost_not_a_number",)),
    "hours that Excel made a day of": ((FEWER, 2, "minutes", date(2024, 5, 1)), ("cost_not_a_number",)),
    "a yes": ((FEWER, 2, "hired", True), ("cost_not_a_number",)),
    "a dash": ((FEWER, 2, "hired", "–"), ("cost_not_a_number",)),
    "hours with a point": ((FEWER, 2, "minutes", "1.5"), ("cost_ambiguous_number",)),
    "one group of thousands": ((FEWER, 2, "hired", "1.086"), ("cost_ambiguous_number",)),
    "a short group": ((FEWER, 2, "hired", "1.08.000"), ("cost_ambiguous_number",)),
    "a comma in money": ((FEWER, 2, "hired", "1,086"), ("cost_ambiguous_number",)),
    "groups in a count": ((FEWER, 1, "people", "1.086.000"), ("cost_ambiguous_number",)),
    "a part of a đồng": ((FEWER, 2, "hired", 0.5), ("cost_not_whole",)),
    "more hours than a year has": ((FEWER, 2, "minutes", 99_999), ("cost_too_large",)),
    "a number beyond all measure": ((FEWER, 2, "hired", 10**200), ("cost_too_large",)),
    "a formula that was never computed": ((FEWER, 2, "hired", "=1+1"), ("cost_not_read",)),
    "other times": ((FEWER, 2, "times", 2), ("cost_count_differs",)),
    "other people": ((FEWER, 3, "people", 1_087), ("cost_count_differs",)),
    "an unknown activity": ((FEWER, 2, "activity", "Chạy việc"), ("cost_activity_unknown",)),
    "no activity": ((FEWER, 2, "activity", None), ("cost_activity_missing",)),
    "an unknown way of collecting": ((FEWER, 2, "method", "Nghe nói"), ("cost_method_unknown",)),
    "no label": ((FEWER, 2, "label", None), ("cost_label_missing",)),
    "a label as long as a page": ((FEWER, 2, "label", "x" * 501), ("cost_text_long",)),
    "no number of a row": ((FEWER, 2, "ordinal", None), ("cost_ordinal_missing",)),
    "a number of a row twice": ((FEWER, 2, "ordinal", 1), ("cost_ordinal_twice",)),
    "not the lower middle": ((FEWER, 1, "minutes", 2), ("cost_not_lower_middle",)),
    "a count that is not what was collected": (
        (SOURCES, PEOPLE, "value", 1_087),
        (("cost_not_lower_middle", FEWER, 1, "people"),),
    ),
    "a source of an unknown procedure": ((SOURCES, FEE, "code", "1.999999"), ("cost_source_stray",)),
    "a source of a row that is not there": ((SOURCES, FEE, "line_number", 9), ("cost_source_stray",)),
    "a source of a figure that is not there": (
        (SOURCES, FEE, "kind", "Thuê tư vấn, dịch vụ, đi lại, in chụp (đồng)"),
        ("cost_source_stray",),
    ),
    "times of a row": (
        (SOURCES, TIMES, "line_number", 1),
        (
            ("cost_source_missing", FEWER, 1, "times"),
            ("cost_method_missing", FEWER, 1, "times"),
            ("cost_source_stray", SOURCES, TIMES, "kind"),
        ),
    ),
    "an unknown figure": ((SOURCES, FEE, "kind", "Công sức"), ("cost_kind_unknown",)),
    "one of several without its value": ((SOURCES, FIRST_OF_FOUR, "value", None), ("cost_value_missing",)),
    "a collected figure without a source": (
        (SOURCES, FIRST_OF_FOUR, "source", None),
        (("cost_source_missing", SOURCES, FIRST_OF_FOUR, "minutes"),),
    ),
    "a collected figure without its way": (
        (SOURCES, PEOPLE, "method", None),
        (("cost_method_missing", SOURCES, PEOPLE, "people"),),
    ),
    "a negative collected figure": (
        (SOURCES, FIRST_OF_FOUR, "value", -4),
        (("cost_negative", SOURCES, FIRST_OF_FOUR, "minutes"),),
    ),
    "a collected figure that is no number": ((SOURCES, FEE, "value", "nhiều"), ("cost_not_a_number",)),
    "a sum that is another one": ((FEWER, 2, "case", 86_187), ("cost_sum_differs",)),
    "a year that is another one": ((FEWER, 3, "year", 1), ("cost_sum_differs",)),
    "a total that is another one": ((FEWER, 4, "year", 1), ("cost_sum_differs",)),
    "a figure below the total": ((FEWER, 6, "hired", 5), ("cost_outside",)),
}


@pytest.mark.parametrize(("cell", "said"), CELLS.values(), ids=list(CELLS))
def test_one_changed_cell_is_refused_with_its_sheet_row_and_column(
    shelf: Installation, good: bytes, cell: tuple[str, int, str, object], said: tuple[Said, ...]
) -> None:
    found = brought(shelf, changed(good, put(*cell)))
    assert found.givens == ()
    expected = [(one, *cell[:3]) if isinstance(one, str) else one for one in said]
    assert [place(issue) for issue in found.issues] == [
        (rule, sheet, row_at(sheet, number), column) for rule, sheet, number, column in expected
    ]
    for issue in found.issues:
        sentence = issue_text(T, issue, form="cost")
        assert str(issue.row) in sentence
        assert texts()[f"cost.field_{issue.column}"]["vi"] in sentence


def test_a_missing_source_negative_hours_and_two_wage_bases_are_all_refused_at_once(
    small: Installation,
) -> None:
    """The three faults that must never pass, each with its row and column, and nothing is written."""
    content = written(small, draft(small))
    wrong = changed(
        content,
        put(FEWER, 2, "source", None),
        put(FEWER, 3, "minutes", -1.5),
        put(FEWER, 3, "income", 45_265),
    )
    found = brought(small, wrong)
    assert [place(issue) for issue in found.issues] == [
        ("cost_source_missing", FEWER, 14, "minutes"),
        ("cost_source_missing", FEWER, 14, "hired"),
        ("cost_negative", FEWER, 15, "minutes"),
        ("cost_two_incomes", FEWER, 15, "income"),
    ]
    assert [issue_text(T, issue, form="cost") for issue in found.issues] == [
        "Dòng 14, cột Thời gian (giờ): số liệu 0,75 chưa ghi nguồn. Hãy ghi nguồn số liệu.",
        "Dòng 14, cột Thuê tư vấn, dịch vụ, đi lại, in chụp (đồng): số liệu 50.000 chưa ghi nguồn. Hãy ghi nguồn số liệu.",
        "Dòng 15, cột Thời gian (giờ): -1,5 là số âm. Hãy điền số từ 0 trở lên.",
        "Dòng 15, cột Thu nhập bình quân (đồng/giờ): 45.265 đồng/giờ khác mức của các dòng khác. "
        "Một bảng chỉ dùng một mức thu nhập bình quân.",
    ]
    assert found.givens == ()
    assert cost_sheets.standing(small, small.moment(), draft(small).version_id) is None


def everywhere(column: str, value: object) -> list[Change]:
    return [put(FEWER, number, column, value) for number in (1, 2, 3)]


def test_an_hourly_income_of_no_year_and_one_of_another_year_are_refused(
    shelf: Installation, good: bytes
) -> None:
    first = row_at(FEWER, 1)
    for value, rule in ((48_000, "cost_income_not_listed"), (45_265, "cost_income_other_year")):
        issue = one(brought(shelf, changed(good, *everywhere("income", value))))
        assert place(issue) == (rule, FEWER, first, "income")


def test_another_year_with_its_own_income_is_taken(shelf: Installation, good: bytes) -> None:
    other = (say(FEWER, "Năm của mức thu nhập bình quân", "2022"), *everywhere("income", 45_265))
    found = brought(shelf, changed(good, *other))
    assert found.issues == ()
    assert [one.income_year for one in found.givens] == [2022, YEAR]


@pytest.mark.parametrize(
    ("label", "value", "rule", "column"),
    [
        ("Mã TTHC", "1.999999", "cost_code_unknown", "code"),
        ("Mã TTHC", UNTOLD, "cost_code_differs", "code"),
        ("Mã TTHC", None, "cost_head_missing", "code"),
        ("Phiên bản có hiệu lực từ ngày", "02/01/2023", "cost_version_differs", "version"),
        ("Phiên bản có hiệu lực từ ngày", "hôm qua", "cost_version_differs", "version"),
        ("Phiên bản có hiệu lực từ ngày", None, "cost_head_missing", "version"),
        ("Năm của mức thu nhập bình quân", 2030, "cost_year_unknown", "income_year"),
        ("Năm của mức thu nhập bình quân", None, "cost_head_missing", "income_year"),
    ],
)
def test_a_wrong_line_above_the_table_is_refused_with_its_row(
    shelf: Installation, good: bytes, label: str, value: object, rule: str, column: str
) -> None:
    found = brought(shelf, changed(written(shelf, draft(shelf)), say(FEWER, label, value)))
    assert found.givens == ()
    row = {"code": 4, "version": 5, "income_year": 7}[column]
    assert (rule, FEWER, row, column) in map(place, found.issues)


def test_a_version_given_as_a_day_of_excel_is_the_same(shelf: Installation, good: bytes) -> None:
    found = brought(shelf, changed(good, say(FEWER, "Phiên bản có hiệu lực từ ngày", AGAIN)))
    assert found.issues == ()


@pytest.mark.parametrize("day", ["01/01/2023", "2023-01-01", world.BEGAN])
def test_a_sheet_of_an_earlier_version_is_told_by_its_day(
    shelf: Installation, good: bytes, day: object
) -> None:
    """What a procedure cost before its cut is asked for after it, too."""
    found = brought(shelf, changed(good, say(FEWER, "Phiên bản có hiệu lực từ ngày", day)))
    earlier = world.version_id(shelf, FEWER, world.BEGAN)
    assert found.givens[0].draft.version_id == earlier


def test_what_an_abolished_procedure_cost_can_still_be_said(shelf: Installation) -> None:
    early = replace(draft(shelf, ABOLISHED), version_id=world.version_id(shelf, ABOLISHED, world.BEGAN))
    assert [one.draft.version_id for one in brought(shelf, written(shelf, early)).givens] == [
        early.version_id
    ]


def test_a_procedure_that_was_abolished_takes_no_sheet(shelf: Installation) -> None:
    issue = one(brought(shelf, written(shelf, draft(shelf, ABOLISHED))))
    assert place(issue) == ("cost_code_unknown", ABOLISHED, 4, "code")


def test_two_sheets_of_one_procedure_are_refused(shelf: Installation) -> None:
    issue = one(brought(shelf, written(shelf, draft(shelf), draft(shelf))))
    assert place(issue) == ("cost_code_twice", f"{FEWER} (2)", 4, "code")
    assert issue.value == FEWER


def hide_row(book: Workbook) -> None:
    book[FEWER].row_dimensions[14].hidden = True


def hide_column(book: Workbook) -> None:
    book[FEWER].column_dimensions["G"].hidden = True


def hide_sheet(book: Workbook) -> None:
    book[FEWER].sheet_state = "hidden"


def hide_source(book: Workbook) -> None:
    book[SOURCES].row_dimensions[9].hidden = True


def beside(book: Workbook) -> None:
    book[FEWER]["O14"] = 12


def shift_columns(book: Workbook) -> None:
    """A column is put in before that of hours; openpyxl leaves the merged lines above alone, as they do not matter."""
    book[FEWER].insert_cols(4)


def swap_titles(book: Workbook) -> None:
    sheet = book[FEWER]
    top = first_row(sheet) - 2
    sheet.cell(top, 6).value, sheet.cell(top, 7).value = sheet.cell(top, 7).value, sheet.cell(top, 6).value


def add_column(book: Workbook) -> None:
    book[FEWER].cell(first_row(book[FEWER]) - 2, 14).value = "Ghi chú"


def merge(book: Workbook) -> None:
    book[FEWER].merge_cells("D13:D14")


def shift_sources(book: Workbook) -> None:
    book[SOURCES].insert_cols(2)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (hide_row, ("cost_hidden_row", FEWER, 14, None)),
        (hide_column, ("cost_hidden_column", FEWER, 12, "G")),
        (hide_sheet, ("cost_hidden_sheet", FEWER, 12, None)),
        (hide_source, ("cost_hidden_row", SOURCES, 9, None)),
        (beside, ("cost_outside", FEWER, 14, "O")),
        (shift_columns, ("cost_columns_differ", FEWER, 12, "minutes")),
        (swap_titles, ("cost_columns_differ", FEWER, 12, "hired")),
        (add_column, ("cost_outside", FEWER, 11, "N")),
        (merge, ("cost_merged", FEWER, 14, "minutes")),
        (shift_sources, ("cost_columns_differ", SOURCES, 5, "line_number")),
    ],
)
def test_what_is_hidden_shifted_merged_or_beside_the_table_is_refused(
    shelf: Installation, good: bytes, change: Change, expected: tuple[str, str, int, str | None]
) -> None:
    found = brought(shelf, changed(good, change))
    assert found.givens == ()
    assert place(found.issues[0]) == expected or expected in map(place, found.issues)
    assert issue_text(T, found.issues[0], form="cost")


def test_who_signs_below_the_total_is_no_fault(shelf: Installation, good: bytes) -> None:
    found = brought(shelf, changed(good, put(FEWER, 7, "label", "Người lập biểu")))
    assert found.issues == ()
    assert len(found.givens) == 2


def test_a_workbook_without_a_cost_sheet_is_refused(shelf: Installation) -> None:
    issue = one(brought(shelf, workbook({GUIDE: [["Hướng dẫn"]], SOURCES: [["x"]], "Trống": []})))
    assert issue.rule == "cost_no_sheet"


def test_a_sheet_that_is_none_is_refused_with_its_name(shelf: Installation, good: bytes) -> None:
    def note(book: Workbook) -> None:
        book.create_sheet("Ghi chú").append(["Gửi Bộ Y tế"])

    assert place(one(brought(shelf, changed(good, note)))) == ("cost_no_table", "Ghi chú", 1, None)


def test_what_is_no_workbook_is_rejected(shelf: Installation) -> None:
    with pytest.raises(ImportRejected):
        read_cost_sheets(shelf, snapshot_of(Path(FILE), b"khong phai tep Excel"))


@pytest.mark.parametrize(
    ("column", "value", "kind", "read"),
    [
        ("minutes", "1,5", Kind.MINUTES, 90),
        ("minutes", "2", Kind.MINUTES, 120),
        ("minutes", 0.33, Kind.MINUTES, 20),
        ("minutes", 1.0083333333333333, Kind.MINUTES, 61),
        ("minutes", 0.175, Kind.MINUTES, 11),  # 10,5 phút
        ("minutes", 0, Kind.MINUTES, 0),
        ("hired", "1.086.000", Kind.HIRED, 1_086_000),
        ("hired", "50000", Kind.HIRED, 50_000),
        ("hired", 3000.0000000000005, Kind.HIRED, 3_000),
    ],
)
def test_a_number_is_read_as_it_is_meant(
    shelf: Installation, good: bytes, column: str, value: object, kind: Kind, read: int
) -> None:
    found = brought(shelf, changed(good, put(FEWER, 2, column, value)))
    assert found.issues == ()
    [collected] = found.givens[0].draft.lines[1].figures[kind]
    assert collected.value == read


def test_counts_may_stand_in_the_first_row_alone(shelf: Installation, good: bytes) -> None:
    changes = [put(FEWER, number, column, None) for number in (2, 3) for column in ("times", "people")]
    found = brought(shelf, changed(good, *changes))
    assert found.issues == ()
    assert found.givens[0].draft == draft(shelf)


def test_one_source_without_a_value_takes_that_of_the_sheet(shelf: Installation, good: bytes) -> None:
    found = brought(
        shelf, changed(good, put(SOURCES, PEOPLE, "value", None), put(SOURCES, FEE, "value", None))
    )
    assert found.issues == ()
    assert found.givens[0].draft == draft(shelf)


def test_the_source_of_a_row_whose_figures_all_have_their_own_is_said_to_be_unused(
    shelf: Installation, good: bytes
) -> None:
    found = brought(shelf, changed(good, put(FEWER, 1, "source", "Báo cáo năm 2023")))
    [issue] = found.issues
    assert (place(issue), issue.severity) == (
        ("cost_source_unused", FEWER, row_at(FEWER, 1), "source"),
        "warning",
    )
    assert [one.draft for one in found.givens] == [draft(shelf), draft(shelf, UNTOLD)]


def test_an_empty_form_says_what_is_missing(shelf: Installation) -> None:
    version = world.version_id(shelf, FEWER, AGAIN)
    content = cost_book.to_fill_in(shelf, shelf.moment(), [version])
    found = brought(shelf, content)
    first = row_at(FEWER, 1)
    assert {place(issue) for issue in found.issues} == {
        ("cost_line_empty", FEWER, first, "minutes"),
        ("cost_line_empty", FEWER, first + 1, "minutes"),
        ("cost_line_empty", FEWER, first + 2, "minutes"),
        ("cost_count_missing", FEWER, first, "times"),
        ("cost_count_missing", FEWER, first, "people"),
    }


def test_a_form_that_was_filled_in_is_taken(shelf: Installation) -> None:
    version = world.version_id(shelf, FEWER, AGAIN)
    content = cost_book.to_fill_in(shelf, shelf.moment(), [version])
    filled = [
        change
        for number in (1, 2, 3)
        for change in (
            put(FEWER, number, "minutes", 0.5),
            put(FEWER, number, "source", "Tự thực hiện thử ngày 02/03/2024"),
            put(FEWER, number, "method", "Tự thực hiện thử"),
        )
    ]
    added = (
        put(FEWER, 4, "activity", "Công việc khác"),
        put(FEWER, 4, "label", "Công chứng bản sao"),
        put(FEWER, 4, "fees", 20_000),
        put(FEWER, 4, "source", "Thông tư 226/2016/TT-BTC"),
        put(FEWER, 4, "method", "theo quy định"),
        put(FEWER, 1, "times", 2),
        put(FEWER, 1, "people", 500),
        put(SOURCES, TIMES, "source", "Luật"),
        put(SOURCES, TIMES, "method", "Theo quy định"),
        put(SOURCES, PEOPLE, "source", "Cổng dịch vụ công"),
        put(SOURCES, PEOPLE, "method", "Số liệu thống kê"),
    )
    found = brought(shelf, changed(content, *filled, *added))
    assert found.issues == ()
    [given] = found.givens
    assert given.income_year == 2024
    assert [line.label for line in given.draft.lines] == [
        world.FORM, "Nộp hồ sơ", "Nhận kết quả", "Công chứng bản sao",
    ]  # fmt: skip
    assert given.draft.lines[3].figures == {
        Kind.FEES: (Collected(20_000, "Thông tư 226/2016/TT-BTC", Method.LAW),)
    }
    assert given.draft.whole == {
        Kind.TIMES: (Collected(2, "Luật", Method.LAW),),
        Kind.PEOPLE: (Collected(500, "Cổng dịch vụ công", Method.STATISTICS),),
    }


def test_a_workbook_in_english_words_is_read_too(shelf: Installation, good: bytes) -> None:
    found = brought(
        shelf, changed(good, put(FEWER, 2, "activity", "Filing"), put(FEWER, 2, "method", "Survey"))
    )
    assert found.issues == ()
    assert found.givens[0].draft == draft(shelf)


def test_sheets_of_a_workbook_are_written_whole_and_again_only_with_what_is_new(small: Installation) -> None:
    content = written(small, draft(small), draft(small, UNTOLD))
    found = brought(small, content)
    ids = cost_recording.save(small, EDITOR, found.givens, found.book)
    assert [cost_sheets.get(small, one).draft for one in ids] == [draft(small), draft(small, UNTOLD)]
    assert {cost_sheets.get(small, one).file_name for one in ids} == {FILE}
    again = brought(small, content)
    assert [one.replaces for one in again.givens] == ids
    with pytest.raises(Invalid, match="nothing_changed"):
        cost_recording.save(small, EDITOR, again.givens, again.book)
    newer = brought(small, changed(content, put(UNTOLD, 2, "minutes", 1)))
    [new] = cost_recording.save(small, EDITOR, newer.givens, newer.book)
    standing = cost_sheets.standing(small, small.moment(), draft(small, UNTOLD).version_id)
    assert standing is not None
    assert standing.sheet_id == new
    assert standing.sheet.lines[1].minutes.chosen == 60


def test_one_fault_of_one_sheet_keeps_all_sheets_out(small: Installation) -> None:
    content = written(small, draft(small), draft(small, UNTOLD))
    found = brought(small, changed(content, put(UNTOLD, 2, "minutes", -1)))
    assert place(one(found)) == ("cost_negative", UNTOLD, 14, "minutes")
    with pytest.raises(Invalid):
        cost_recording.save(small, OFFICE, found.givens, found.book)
    for code in (FEWER, UNTOLD):
        assert cost_sheets.standing(small, small.moment(), draft(small, code).version_id) is None


def test_a_draft_that_skips_the_issues_is_refused_by_save_with_the_place_in_the_workbook(
    small: Installation,
) -> None:
    given = brought(small, written(small, draft(small))).givens[0]
    line = given.draft.lines[1]
    wrong = replace(line, figures={Kind.MINUTES: (Collected(-90, "Khảo sát", Method.SURVEY),)})
    bad = replace(given.draft, lines=(given.draft.lines[0], wrong, *given.draft.lines[2:]))
    with pytest.raises(Invalid) as caught:
        cost_recording.save(small, OFFICE, [replace(given, draft=bad)])
    assert [place(issue) for issue in caught.value.issues] == [("cost_negative", FEWER, 14, "minutes")]


def test_sums_that_the_product_wrote_are_what_it_reckons(shelf: Installation) -> None:
    assert brought(shelf, written(shelf, draft(shelf), spare=3)).issues == ()
    assert draft(shelf).reckoned(INCOME).case() == 301_599


def test_every_rule_of_a_workbook_has_a_sentence() -> None:
    folder = Path(__file__).resolve().parents[3] / "pipelines" / "cost_sheets"
    named = {
        word
        for path in folder.glob("*.py")
        for word in path.read_text(encoding="utf-8").split('"')
        if word.startswith("cost_") and "." not in word
    } - {"cost_sheets"}
    assert len(named) > 30
    assert {rule for rule in named if f"rule.{rule}" not in texts()} == set()


def test_a_line_is_found_wherever_it_stands_above_the_table(shelf: Installation, good: bytes) -> None:
    def lower(book: Workbook) -> None:
        sheet = book[FEWER]
        at = line_of(sheet, "Mã TTHC")
        sheet.cell(10, 1).value, sheet.cell(10, 3).value = "MÃ TTHC", FEWER
        sheet.unmerge_cells(f"A{at}:B{at}")
        sheet.cell(at, 1).value = None

    assert brought(shelf, changed(good, lower)).issues == ()
