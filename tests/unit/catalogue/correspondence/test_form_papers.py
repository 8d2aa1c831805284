"""A periodic report on paper: the State's heading, merged headings, column numbers; missing, dash and 0 told apart."""

from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.correspondence import form_file
from catalogue.correspondence.paper import MOTTO, STATE
from catalogue.model.report_form import depth
from catalogue.model.report_table import RowKind
from catalogue.services import report_forms
from catalogue.services.installation import Installation
from catalogue.services.report_forms import Report
from tests.form_files import row_of

pytestmark = pytest.mark.reads_only


def xlsx(demo: Installation, report: Report) -> Worksheet:
    content = form_file.write(form_file.page_of(demo, report), form="xlsx")
    return load_workbook(BytesIO(content)).worksheets[0]


def docx(demo: Installation, report: Report):  # type: ignore[no-untyped-def]
    return Document(BytesIO(form_file.write(form_file.page_of(demo, report), form="docx")))


@pytest.fixture
def national(demo: Installation) -> Report:
    return report_forms.build(demo, "II.06a", "2023-Q4")


def test_the_workbook_has_the_official_head(demo: Installation, national: Report) -> None:
    sheet = xlsx(demo, national)
    texts = {cell.value for row in sheet.iter_rows(max_row=20) for cell in row}
    assert {
        STATE,
        MOTTO,
        "Biểu số II.06a/VPCP/KSTT",
        "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    } <= texts
    assert "Kỳ báo cáo: Quý IV năm 2023 (từ ngày 15/09/2023 đến ngày 14/12/2023)" in texts
    numbers = next(row for row in range(1, 30) if sheet.cell(row, 1).value == "(1)")
    assert [sheet.cell(numbers, column).value for column in range(1, 14)] == [f"({n})" for n in range(1, 14)]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    top = numbers - depth(national.form.columns)
    assert f"C{top}:F{top}" in merged  # Số hồ sơ nhận giải quyết
    assert f"D{top + 1}:E{top + 1}" in merged  # Trong kỳ
    assert f"B{top}:B{top + 2}" in merged
    assert sheet.page_setup.orientation == "landscape"


def test_numbers_are_numbers_and_the_total_is_the_last_row(demo: Installation, national: Report) -> None:
    sheet = xlsx(demo, national)
    row = row_of(sheet, "Tổng số")
    assert national.total is not None
    assert sheet.cell(row, 3).value == national.total.values["received"]
    notes = [sheet.cell(number, 1).value for number in range(row + 1, sheet.max_row + 1)]
    assert "Số liệu của 31/85 đơn vị đã gửi (8/22 bộ, cơ quan; 23/63 tỉnh, thành phố)." in notes
    assert any("Dữ liệu trình diễn" in str(note) for note in notes)


def test_a_name_is_never_a_formula(demo: Installation, national: Report) -> None:
    evil = national.rows[1].__class__(
        RowKind.FIELD, "1", '=HYPERLINK("http://x")', national.rows[1].values, "ministry"
    )
    page = form_file.page_of(demo, national)
    content = form_file.write(page.__class__(**{**page.__dict__, "rows": (evil,)}), form="xlsx")
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    cell = sheet.cell(row_of(sheet, '=HYPERLINK("http://x")'), 2)
    assert cell.data_type == "s"


def test_missing_and_ended_columns_say_so(demo: Installation) -> None:
    report = report_forms.build(demo, "II.07b", "2025-Q4")
    sheet = xlsx(demo, report)
    row = row_of(sheet, "Ủy ban nhân dân thành phố Hà Nội")
    values = [sheet.cell(row, column).value for column in range(3, 15)]
    assert values[2] == "–"
    assert values[4] == "không có số liệu"
    assert values[6] == "–"
    assert 0 not in values


def test_the_paper_lies_across_and_repeats_its_head(demo: Installation, national: Report) -> None:
    word = docx(demo, national)
    section = word.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    heading, table, signature = word.tables
    assert STATE in heading.cell(0, 1).text
    assert MOTTO in heading.cell(0, 1).text
    levels = depth(national.form.columns)
    assert len(table.rows) == levels + 1 + len(national.rows)
    repeated = [row for row in table.rows if row._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(repeated) == levels + 1
    assert [cell.text for cell in table.rows[levels].cells] == [f"({n})" for n in range(1, 14)]
    assert table.rows[0].cells[2].text == table.rows[0].cells[5].text == "Số hồ sơ nhận giải quyết"
    last = [cell.text for cell in table.rows[-1].cells]
    assert last[1:3] == ["Tổng số", "1.485.459"]
    assert "Nơi nhận:" in signature.cell(0, 0).text


def test_missing_figures_side_by_side_are_said_once_on_paper(demo: Installation) -> None:
    table = docx(demo, report_forms.build(demo, "II.07b", "2024-Q1", "ubnd-ha-noi")).tables[1]
    cells = table.rows[-1]._tr.tc_lst
    assert len(cells) == 7  # ordinal, unit, four counts, one for eight missing figures
    assert table.rows[-1].cells[6].text == "không có số liệu"


def test_the_bar_of_a_long_paper_moves_on(demo: Installation, national: Report) -> None:
    for form in form_file.FORMATS:
        told: list[float] = []
        form_file.write(form_file.page_of(demo, national), form=form, told=told.append)
        assert told[0] == 0
        assert told == sorted(told)
        assert told[-1] < 1


def test_the_empty_form_names_agency_period_and_known_works(demo: Installation) -> None:
    book = load_workbook(BytesIO(form_file.template(demo, "II.06a", "2024-Q1", "bo-y-te")))
    sheet = book.worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Đơn vị báo cáo: Bộ Y tế" in texts
    assert "Dược phẩm" in texts
    row = row_of(sheet, "Dược phẩm")
    assert [sheet.cell(row, column).value for column in range(3, 14)] == [None] * 11
    assert book.sheetnames[1] == "Hướng dẫn"
    assert sheet.data_validations.dataValidation
    new = load_workbook(BytesIO(form_file.template(demo, "II.06a", "2024-Q1", "bo-ngoai-giao"))).worksheets[0]
    known = demo.reference.fields_of("bo-ngoai-giao")[0].name
    assert row_of(new, known)
