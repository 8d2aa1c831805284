"""A pasted annex is read strictly: every column is used or named, every cell is understood, or nothing is taken."""

import pytest

from catalogue.model.annex import Action, Extent, Line
from catalogue.model.annex_table import MOST_ROWS, read_rows, read_text


def rules(text: str, usual: Action | None = Action.AMENDED) -> list[tuple[str, int | None, str | None]]:
    table = read_text(text, usual)
    assert table.lines == () or table.issues == ()
    return [(issue.rule, issue.row, issue.column) for issue in table.issues]


def test_without_a_header_the_order_is_code_name_action_extent_note() -> None:
    text = "1.000001\tĐăng ký khai sinh\tsửa đổi, bổ sung\r\n1.000002\tĐăng ký kết hôn\tBị bãi bỏ\tmột phần\tMẫu số 2\r\n"
    assert read_text(text).lines == (
        Line(1, Action.AMENDED, "1.000001", "Đăng ký khai sinh"),
        Line(2, Action.ABOLISHED, "1.000002", "Đăng ký kết hôn", extent=Extent.PART, note="Mẫu số 2"),
    )


def test_a_real_annex_has_no_codes_and_columns_that_are_named_as_passed_over() -> None:
    text = (
        "Số TT\tTên thủ tục hành chính\tThời hạn giải quyết\tPhí, lệ phí\tCăn cứ pháp lý\tLĩnh vực\n"
        '1\t"Cấp giấy\nchứng nhận"\t10 ngày\tKhông\tLuật Trồng trọt\tTrồng trọt\n'
    )
    table = read_text(text, Action.NEW)
    assert table.issues == ()
    assert table.lines == (Line(2, Action.NEW, "", "Cấp giấy chứng nhận", "Trồng trọt"),)
    assert table.passed_over == ("Số TT", "Thời hạn giải quyết", "Phí, lệ phí", "Căn cứ pháp lý")


def test_levels_and_replaced_codes_are_lists() -> None:
    text = (
        "Mã TTHC\tTên\tCấp thực hiện\tThay thế cho\tHình thức\n1.000001\tA\tCấp Xã; Tỉnh\t1.1; 1.2\tThay thế"
    )
    [line] = read_text(text).lines
    assert (line.levels, line.replaces, line.action) == (
        ("communal", "provincial"),
        ("1.1", "1.2"),
        Action.REPLACED,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("table_without_rows", None, None)),
        ('1.000001\t"chưa khép', ("table_malformed", None, None)),
        ("Mã\tTên\tGhi gì đó\n1.000001\tA\tx", ("column_unknown", 1, None)),
        ("Mã\tTên\tMã TTHC\n1.000001\tA\t1.000002", ("column_twice", 1, "code")),
        ("Mã\tTên\n1.000001\tA\tthừa", ("cell_beside_table", 2, None)),
        ("1.000001\tA\tđược chuẩn hóa", ("word_unknown", 1, "action")),
        ("1.000001\tA\tbãi bỏ\tnửa chừng", ("word_unknown", 1, "extent")),
        ("Mã\tTên\tCấp\n1.000001\tA\tCấp thôn", ("word_unknown", 2, "levels")),
        ("1.000001\tA\n\n\tI. LĨNH VỰC HỘ TỊCH\n1.000002\tB", ("row_is_no_line", 3, None)),
    ],
)
def test_what_is_not_understood_is_named_with_its_row(
    text: str, expected: tuple[str, int | None, str | None]
) -> None:
    assert expected in rules(text)


def test_a_code_that_a_spreadsheet_keeps_as_a_number_is_refused() -> None:
    table = read_rows([("Mã", "Tên"), (2.00046, "A"), ("2.000460", "B")], Action.AMENDED)
    assert [(issue.rule, issue.row, issue.value) for issue in table.issues] == [
        ("code_stored_as_number", 2, "2.00046")
    ]
    assert table.lines == ()


def test_a_table_has_an_end() -> None:
    rows = [(f"1.{number:06d}", "A") for number in range(MOST_ROWS + 1)]
    assert [issue.rule for issue in read_rows(rows).issues] == ["table_too_long"]


def test_invisible_characters_and_forms_do_not_matter() -> None:
    [line] = read_text("1.000001\u200b\tĐăng ký\u00a0khai sinh\tSỬA ĐỔI , BỔ SUNG".replace(" ,", ",")).lines
    assert (line.code, line.name, line.action) == ("1.000001", "Đăng ký khai sinh", Action.AMENDED)
