"""The annex of an assigning document: rows found in messy tables, words understood, every fault named at its place."""

from datetime import date

import pytest

from catalogue.model import plan, plan_table
from catalogue.model.plan import Assignment, Known, PlanLine, Surroundings
from catalogue.model.plan_words import Vocabulary, agencies_in, day_in, instruments_in, measures_in

AGENCIES = {
    "Bộ Y tế": "byt",
    "Bộ Tài chính": "btc",
    "Bộ Văn hóa, Thể thao và Du lịch": "bvh",
    "Bộ Cũ": "cu",
}
VOCABULARY = Vocabulary(
    measures={
        ("bai", "bo"): "abolish",
        ("giam", "thoi", "han", "giai", "quyet"): "shorter_time",
        ("giam", "thoi", "han"): "shorter_time",
        ("gop", "long", "ghep"): "merge",
        ("khac",): "other",
    },
    allowed=("abolish", "shorter_time", "merge", "other"),
    to_explain=frozenset({"other"}),
    names={"other": "Khác", "shorter_time": "Giảm thời hạn giải quyết"},
)
AROUND = Surroundings(
    today=date(2024, 3, 21),
    agency_named=AGENCIES.get,
    agencies_on_day=frozenset({"byt", "btc", "bvh"}),
    vocabulary=VOCABULARY,
    procedures={
        "1.000001": Known("Đăng ký khai sinh", "Hộ tịch", True),
        "1.000002": Known("Đăng ký kết hôn", "Hộ tịch", False),
    },
)
BY = Assignment("p", "resolution", "66/NQ-CP", date(2024, 1, 15), "chinh-phu", "Nghị quyết", None, None)
WHOLE = PlanLine(
    7,
    name="Đăng ký khai sinh",
    lead="Bộ Y tế",
    measures="Giảm thời hạn giải quyết",
    documents="Thông tư số 1/2020/TT-BYT",
    deadline="31/12/2024",
)


def rules(line: PlanLine, assignment: Assignment = BY) -> set[tuple[str, str | None, str]]:
    _, issues = plan.read(line, assignment, AROUND)
    assert all(issue.row == line.row for issue in issues)
    return {(issue.rule, issue.column, issue.severity) for issue in issues}


def changed(**texts: str) -> PlanLine:
    return PlanLine(
        **{
            **{name: getattr(WHOLE, name) for name in ("row", *plan.TEXTS)},
            **texts,
        }  # type: ignore[arg-type]
    )


def read(*rows: tuple[object, ...]) -> plan_table.PlanTable:
    return plan_table.read_rows(dict(enumerate(rows, start=1)), lambda text: text in AGENCIES)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2024", date(2024, 12, 31)),
        ("2024-12-31", date(2024, 12, 31)),
        ("Trước ngày 01.06.2024", date(2024, 6, 1)),
        ("ngày 15 tháng 8 năm 2024", date(2024, 8, 15)),
        ("02/2024", date(2024, 2, 29)),
        ("Tháng 11 năm 2024", date(2024, 11, 30)),
        ("Quý IV/2024", date(2024, 12, 31)),
        ("quý 2 năm 2024", date(2024, 6, 30)),
        ("Trong năm 2024", date(2024, 12, 31)),
        ("31/13/2024", None),
        ("30/02/2024", None),
        ("13/2024", None),
        ("sớm nhất có thể", None),
        ("Quý V/2024", None),
    ],
)
def test_days_as_annexes_write_them(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_agencies_whose_names_hold_commas_are_found_among_others() -> None:
    found, unknown = agencies_in("Bộ Tài chính, Bộ Văn hóa, Thể thao và Du lịch; Bộ Lạ", AGENCIES.get)
    assert found == ("btc", "bvh")
    assert unknown == (("Bộ Lạ", False),)
    assert agencies_in("các bộ, ngành liên quan", AGENCIES.get) == ((), (("các bộ, ngành liên quan", True),))


def test_measures_keep_before_and_after_wherever_they_stand() -> None:
    def said(
        measures: str = "", content: str = "", before: str = "", after: str = ""
    ) -> list[tuple[object, ...]]:
        found = measures_in(measures, content, before, after, "", VOCABULARY)
        return [(one.type, one.before_text, one.after_text) for one in found.measures]

    assert said("Giảm thời hạn giải quyết", before="10 ngày", after="7 ngày") == [
        ("shorter_time", "10 ngày", "7 ngày")
    ]
    assert said("Giảm thời hạn: 10 ngày -> 7 ngày; Gộp, lồng ghép") == [
        ("shorter_time", "10 ngày", "7 ngày"),
        ("merge", None, None),
    ]
    assert said(content="Giảm thời hạn giải quyết từ 10 ngày xuống còn 7 ngày") == [
        ("shorter_time", "10 ngày", "7 ngày")
    ]
    assert said("Gộp, lồng ghép; Giảm thời hạn", "vào thủ tục A; 5 → 3 ngày") == [
        ("merge", None, "vào thủ tục A"),
        ("shorter_time", "5", "3 ngày"),
    ]


def test_a_short_word_at_the_beginning_abolishes_nothing() -> None:
    found = measures_in("Bãi bỏ yêu cầu nộp bản sao", "", "", "", "", VOCABULARY)
    assert not found.measures
    assert found.unknown == ("Bãi bỏ yêu cầu nộp bản sao",)
    assert measures_in("Bãi bỏ", "", "", "", "", VOCABULARY).measures[0].type == "abolish"


def test_a_document_named_by_its_number_is_amended_by_another_one() -> None:
    found = instruments_in(
        "Thông tư số 1/2020/TT-BYT; Nghị định sửa đổi Nghị định số 5/2019/NĐ-CP\nquy định chi tiết; thông tư số 1/2020/TT-BYT"
    )
    assert [(one.type, one.title) for one in found] == [
        ("circular", "Thông tư sửa đổi, bổ sung Thông tư số 1/2020/TT-BYT"),
        ("decree", "Nghị định sửa đổi Nghị định số 5/2019/NĐ-CP quy định chi tiết"),
    ]


def test_the_heading_stands_below_a_title_and_in_two_rows() -> None:
    table = read(
        ("PHỤ LỤC",),
        ("Số TT", "Tên TTHC", "Cơ quan chủ trì", "Nội dung phương án", None, "Thời hạn", "Ghi chú"),
        ("Số TT", "Tên TTHC", "Cơ quan chủ trì", "Hiện hành", "Sau đơn giản hóa", "Thời hạn", "Ghi chú"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
        ("I. Lĩnh vực Hộ tịch",),
        (1, "Đăng ký khai sinh", "Bộ Y tế", "5 ngày", "3 ngày", date(2024, 12, 31), "x"),
        ("II", "Bộ Tài chính"),
        (2, "Cấp mã số thuế", None, None, None, "2024"),
        (None, "Cấp đổi thẻ", None, None, None, "2024"),
        ("Tổng cộng", 2),
    )
    assert not table.issues
    assert [(one.row, one.field_name, one.lead, one.before_text, one.deadline) for one in table.lines] == [
        (6, "Hộ tịch", "Bộ Y tế", "5 ngày", "2024-12-31"),
        (8, "", "Bộ Tài chính", "", "2024"),
        (9, "", "Bộ Tài chính", "", "2024"),
    ]
    assert [(one.rule, one.row) for one in table.notices] == [
        ("plan_title_passed_over", 1),
        ("plan_row_unnumbered", 9),
        ("plan_row_passed_over", 10),
    ]
    assert table.passed_over == ("Ghi chú",)


def test_nothing_of_a_table_is_lost_silently() -> None:
    unknown = read(("STT", "Tên TTHC", "Đơn vị đầu mối"), (1, "A", "Bộ Y tế"))
    assert [(one.rule, one.value) for one in unknown.issues] == [("column_unknown", "Đơn vị đầu mối")]
    known = plan_table.read_rows(
        {1: ("STT", "Tên TTHC", "Đơn vị đầu mối"), 2: (1, "A", "Bộ Y tế")},
        lambda text: text in AGENCIES,
        {"Đơn vị đầu mối": "lead"},
    )
    assert known.lines[0].lead == "Bộ Y tế"
    beside = read(("STT", "Tên TTHC"), (1, "A", "lạc"))
    assert [(one.rule, one.value) for one in beside.notices] == [("plan_cell_beside_table", "lạc")]
    assert [one.rule for one in read(("một", "hai"), ("ba", "bốn")).issues] == ["plan_heading_missing"]
    twice = read(("Tên TTHC", "Tên thủ tục", "Lĩnh vực"), ("A", "B", "C"))
    assert [one.rule for one in twice.issues] == ["column_twice"]


def test_a_whole_row_says_all_and_nothing_is_wrong_with_it() -> None:
    commitment, issues = plan.read(WHOLE, BY, AROUND)
    assert not issues
    assert (commitment.lead, commitment.deadline) == ("byt", date(2024, 12, 31))
    assert [one.type for one in commitment.measures] == ["shorter_time"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (changed(name=""), ("plan_name_missing", "name", "error")),
        (changed(lead="Bộ Lạ"), ("plan_agency_unknown", "lead", "error")),
        (changed(lead="Bộ Cũ"), ("plan_agency_not_on_day", "lead", "error")),
        (changed(lead=""), ("plan_lead_missing", "lead", "error")),
        (changed(cooperating="Bộ Lạ"), ("plan_agency_unknown", "cooperating", "error")),
        (changed(cooperating="các địa phương"), ("plan_cooperating_general", "cooperating", "warning")),
        (changed(deadline="31/13/2024"), ("plan_day_not_read", "deadline", "error")),
        (changed(deadline="2023"), ("plan_deadline_before_assignment", "deadline", "error")),
        (changed(deadline=""), ("plan_deadline_missing", "deadline", "warning")),
        (changed(measures="Làm nhanh"), ("plan_measure_unknown", "measures", "error")),
        (changed(measures=""), ("plan_measure_missing", "measures", "warning")),
        (changed(measures="Khác"), ("plan_explanation_missing", "explanation", "error")),
        (changed(measures="Giảm thời hạn; Giảm thời hạn"), ("plan_measure_twice", "measures", "error")),
        (changed(documents=""), ("plan_documents_missing", "documents", "warning")),
        (changed(documents="Đề án 06"), ("plan_document_type_unknown", "documents", "warning")),
        (changed(code="1.999999"), ("plan_code_unknown", "code", "error")),
        (changed(code="1.0001"), ("code_lost_zeros", "code", "error")),
        (changed(code="1.000002", name="Đăng ký kết hôn"), ("plan_code_not_in_force", "code", "warning")),
        (changed(code="1.000001", name="Cấp phép xây dựng"), ("plan_name_of_another", "name", "warning")),
    ],
)
def test_every_fault_is_named_at_its_column(line: PlanLine, found: tuple[str, str, str]) -> None:
    assert found in rules(line)


def test_rows_take_over_what_the_document_says_for_all() -> None:
    usual = Assignment(
        "p", "resolution", "66/NQ-CP", date(2024, 1, 15), "chinh-phu", "x", date(2025, 6, 30), "btc"
    )
    commitment, issues = plan.read(changed(lead="", deadline=""), usual, AROUND)
    assert not issues
    assert (commitment.lead, commitment.deadline) == ("btc", date(2025, 6, 30))


def test_an_explanation_may_stand_behind_the_measure() -> None:
    commitment, issues = plan.read(changed(measures="Khác: bỏ xác nhận nơi cư trú"), BY, AROUND)
    assert not issues
    assert commitment.measures[0].explanation == "bỏ xác nhận nơi cư trú"
