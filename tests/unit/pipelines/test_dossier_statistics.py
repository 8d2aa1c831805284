"""The workbook of a periodic form: read whole, every fault named by row and column, nothing guessed."""

from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.correspondence import form_file
from catalogue.errors import ImportRejected
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.report_table import Fault
from catalogue.services import statistics
from catalogue.services.installation import Installation
from catalogue.services.statistics import Brought
from tests.form_files import Change, brought, changed, line_of, put, row_of, say, sent

T = Translator("vi")
WORK = "Dược phẩm"  # the last work of Bộ Y tế


@pytest.fixture
def book(demo: Installation) -> bytes:
    """The figures of Bộ Y tế for 2024-Q1, as it sent them."""
    return sent(demo, "bo-y-te")


def texts(faults: tuple[Fault, ...]) -> list[str]:
    return [statistics.sentence(T, fault) for fault in faults]


def read(demo: Installation, book: bytes, *changes: Change) -> Brought:
    return brought(demo, changed(book, *changes))


def rejected(demo: Installation, book: bytes, *changes: Change) -> ImportRejected:
    with pytest.raises(ImportRejected) as caught:
        read(demo, book, *changes)
    return caught.value


def vpcp_looks(demo: Installation, person: Callable[..., Actor], found: Brought) -> list[str]:
    return texts(statistics.look(demo, person(demo, "vpcp"), found).faults)


def test_what_the_product_writes_it_reads_back(demo: Installation, book: bytes) -> None:
    found = brought(demo, book)
    assert (found.form.code, found.period.name, found.agency_code) == ("II.06a", "2024-Q1", "bo-y-te")
    assert not found.faults
    filed = statistics.filed(demo.database, found.form, found.period, demo.moment().revision)["bo-y-te"]
    assert [(row.key, row.values) for row in found.rows] == [(row.key, row.values) for row in filed.rows]


def test_an_identity_names_row_column_found_and_expected(
    demo: Installation, book: bytes, person: Callable[..., Actor]
) -> None:
    found = read(demo, book, put(WORK, 4, 9999))
    (row,) = [one for one in found.rows if one.label == WORK]
    v = row.values
    right = T.number(9999 + v["in_person"] + v["carried_in"])
    said = vpcp_looks(demo, person, found)
    assert (
        f"Dòng {row.number} ({WORK}): cột (3) = {T.number(v['received'])} nhưng (4) + (5) + (6) = {right}."
        in said
    )


def test_received_that_is_not_resolved_and_pending_is_refused(
    demo: Installation, book: bytes, person: Callable[..., Actor]
) -> None:
    found = brought(demo, book)
    values = found.rows[-1].values
    more = values["resolved"] + 7
    one_off = read(
        demo, book, put(WORK, 7, more), put(WORK, 8, values["resolved_early"] + 7), put("Tổng số", 7, None), put("Tổng số", 8, None),
        put("TTHC thuộc thẩm quyền của bộ, cơ quan", 7, None), put("TTHC thuộc thẩm quyền của bộ, cơ quan", 8, None),
    )  # fmt: skip
    (said,) = vpcp_looks(demo, person, one_off)
    assert (
        f"cột (3) = {T.number(values['received'])} nhưng (7) + (11) = {T.number(more + values['pending'])}"
        in said
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1.086", "“1.086” không phải số nguyên không âm"),
        (12.5, "“12.5” không phải số nguyên không âm"),
        (-3, "“-3” không phải số nguyên không âm"),
        ("nhiều", "“nhiều” không phải số nguyên không âm"),
        (True, "“True” không phải số nguyên không âm"),
        (None, "ô trống. Không có hồ sơ thì ghi 0"),
        ("–", "ô trống. Không có hồ sơ thì ghi 0"),
        ("=1+1", "công thức chưa có kết quả"),
    ],
)
def test_a_cell_that_is_no_whole_number_is_named(
    demo: Installation, book: bytes, value: object, said: str
) -> None:
    found = read(demo, book, put(WORK, 5, value))
    (text,) = [text for text in texts(found.faults) if "cột (5)" in text and WORK in text]
    assert text.startswith("Dòng ")
    assert said in text


def test_digits_as_text_are_a_number(demo: Installation, book: bytes) -> None:
    value = brought(demo, book).rows[-1].values["online"]
    assert brought(demo, changed(book, put(WORK, 4, f" {value} "))).rows[-1].values["online"] == value


def test_a_sum_in_the_file_is_tested_and_may_stay_empty(demo: Installation, book: bytes) -> None:
    found = read(demo, book, put("Tổng số", 3, 1))
    (text,) = texts(found.faults)
    expected = T.number(sum(row.values["received"] for row in found.rows))
    assert text.endswith(f"(Tổng số), cột (3): ghi 1 nhưng cộng các dòng được {expected}.")
    assert not read(demo, book, *(put("Tổng số", column, None) for column in range(3, 14))).faults


def test_rows_that_belong_nowhere_are_named(demo: Installation, book: bytes) -> None:
    def below(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "Tổng số") + 8, 4).value = 5

    def unnamed(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, WORK), 2).value = None

    def beside(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, WORK), 15).value = "xem lại"

    def wrong_section(sheet: Worksheet) -> None:
        sheet.cell(
            row_of(sheet, "TTHC thuộc thẩm quyền của bộ, cơ quan"), 2
        ).value = "TTHC thuộc thẩm quyền cấp xã"

    def unknown_section(sheet: Worksheet) -> None:
        row = row_of(sheet, "TTHC thuộc thẩm quyền của bộ, cơ quan")
        for column in range(3, 14):
            sheet.cell(row, column).value = None
        sheet.cell(row, 2).value = "TTHC cấp vùng"

    for change, said in (
        (below, "số liệu dưới dòng tổng"),
        (unnamed, "không có tên lĩnh vực"),
        (beside, "cột O: “xem lại” nằm ngoài bảng"),
        (put(WORK, 2, "Bảo hiểm y tế"), "(Bảo hiểm y tế): trùng với dòng"),
        (wrong_section, "không thuộc phạm vi báo cáo của Bộ Y tế"),
        (unknown_section, "“TTHC cấp vùng” không phải phần của biểu"),
    ):
        assert any(said in text for text in texts(read(demo, book, change).faults)), said


def test_a_row_left_wholly_empty_is_passed_over_and_said(demo: Installation, book: bytes) -> None:
    empty = [put(WORK, column, None) for column in range(3, 14)]
    sums = [
        put(label, column, None)
        for label in ("Tổng số", "TTHC thuộc thẩm quyền của bộ, cơ quan")
        for column in range(3, 14)
    ]
    found = read(demo, book, *empty, *sums)
    assert not found.faults
    assert WORK not in [row.label for row in found.rows]
    assert any(WORK in text and "bỏ qua" in text for text in texts(found.notes))


def test_the_empty_form_is_read_as_a_form_without_rows(demo: Installation) -> None:
    content = form_file.template(demo, "II.06a", "2024-Q1", "ubnd-ha-noi")
    assert texts(brought(demo, content).faults) == ["Biểu không có dòng số liệu nào."]


def test_a_file_that_does_not_say_what_it_is_is_refused(demo: Installation, book: bytes) -> None:
    def no_number(sheet: Worksheet) -> None:
        sheet.cell(line_of(sheet, "Biểu số"), 1).value = "Biểu số 5"

    for change, code in (
        (no_number, "statistics_no_form"),
        (say("Kỳ báo cáo", "Kỳ: quý này"), "statistics_no_period"),
        (
            say("Kỳ báo cáo", "Kỳ báo cáo: quý vừa rồi (từ ngày 15/12/2023 đến ngày 14/03/2024)"),
            "statistics_period_unclear",
        ),
        (
            say("Kỳ báo cáo", "Kỳ báo cáo: Quý I năm 2024 (từ ngày 01/01/2024 đến ngày 31/03/2024)"),
            "statistics_period_days",
        ),
        (say("Đơn vị báo cáo", "Báo cáo của Bộ Y tế"), "statistics_no_agency"),
        (say("Đơn vị báo cáo", "Đơn vị báo cáo: Bộ Thiên văn"), "statistics_agency_unknown"),
    ):
        assert rejected(demo, book, change).code == code


def test_a_shifted_or_renamed_column_is_refused(demo: Installation, book: bytes) -> None:
    def renamed(sheet: Worksheet) -> None:
        head = next(r for r in range(1, 30) if sheet.cell(r, 4).value == "Trực tuyến")
        sheet.cell(head, 4).value = "Trực tiếp, dịch vụ bưu chính"

    def extra(sheet: Worksheet) -> None:
        row = next(r for r in range(1, 30) if sheet.cell(r, 1).value == "(1)")
        sheet.cell(row, 14).value = "(14)"

    def lost(sheet: Worksheet) -> None:
        sheet.cell(next(r for r in range(1, 30) if sheet.cell(r, 1).value == "(1)"), 3).value = "(4)"

    error = rejected(demo, book, renamed)
    assert (error.code, error.issues[0].rule) == ("statistics_columns_differ", "statistics_title_differs")
    assert error.issues[0].column == "(4) Trực tuyến"
    assert rejected(demo, book, extra).issues[0].rule == "statistics_column_unknown"
    assert rejected(demo, book, lost).code == "statistics_no_columns"


def test_column_numbers_that_excel_took_for_negative_numbers_are_known(
    demo: Installation, book: bytes
) -> None:
    def numbers(sheet: Worksheet) -> None:
        row = next(r for r in range(1, 30) if sheet.cell(r, 1).value == "(1)")
        for column in range(1, 14):
            sheet.cell(row, column).value = -column

    assert not read(demo, book, numbers).faults


def test_a_province_sends_its_own_row_and_no_figure_of_the_catalogue(demo: Installation) -> None:
    content = form_file.template(demo, "II.07b", "2023-Q4", "ubnd-ha-noi")
    name = "Ủy ban nhân dân thành phố Hà Nội"
    found = read(
        demo,
        content,
        put(name, 3, 77),
        put(name, 7, 900),
        put(name, 8, 880),
        put(name, 9, 0),
        put(name, 10, 40),
    )
    assert not found.faults
    (row,) = found.rows
    assert row.values == {
        "one_stop": 900, "one_stop_provincial": 880, "one_stop_district": 0, "one_stop_communal": 40,
    }  # fmt: skip
    assert any("Cột" in text or "cột (3)" in text for text in texts(found.notes))
    other = read(demo, content, put(name, 7, 900), put(name, 2, "Ủy ban nhân dân tỉnh Hà Giang"))
    assert any(
        "không phải số liệu của Ủy ban nhân dân thành phố Hà Nội" in text for text in texts(other.faults)
    )


def test_a_total_above_its_parts_is_refused_for_one_procedure_counts_once(
    demo: Installation, person: Callable[..., Actor]
) -> None:
    content = form_file.template(demo, "II.07b", "2023-Q4", "ubnd-ha-noi")
    name = "Ủy ban nhân dân thành phố Hà Nội"
    found = read(demo, content, put(name, 7, 900), put(name, 8, 800), put(name, 9, 50), put(name, 10, 40))
    (said,) = vpcp_looks(demo, person, found)
    assert "cột (7) = 900, lớn hơn (8) + (9) + (10) = 890" in said


def test_a_workbook_of_another_kind_is_refused(demo: Installation) -> None:
    with pytest.raises(ImportRejected):
        brought(demo, b"PK\x03\x04 khong phai")
