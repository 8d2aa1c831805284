"""An annex as Excel and CSV bring it: merged headings and sections, dates, numbers, line breaks."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalogue.errors import ImportRejected
from catalogue.model.plan_table import PlanTable, read_rows
from catalogue.text import fold
from pipelines import reading
from pipelines.snapshot import snapshot_of


def read(content: bytes, name: str) -> PlanTable:
    [sheet] = reading.read(snapshot_of(Path(name), content), ("xlsx", "csv"))
    return read_rows({row.number: row.cells for row in sheet.rows}, lambda text: fold(text) == "bo y te")


def workbook(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_messy_workbook_is_read_row_by_row() -> None:
    table = read(
        workbook(
            [
                ("PHỤ LỤC I",),
                ("Phương án đơn giản hóa (kèm theo Nghị quyết số 66/NQ-CP)",),
                (),
                ("STT", "Tên thủ tục hành chính", "Nội dung phương án", None, "Văn bản phải sửa", "Thời hạn"),
                (None, None, "Hiện hành", "Sau đơn giản hóa"),
                ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
                ("A. BỘ Y TẾ",),
                ("I. Lĩnh vực Dược phẩm",),
                (1, " Cấp  chứng chỉ\u200b hành nghề ", "10 ngày", "7 ngày", "Nghị định số 1/2019/NĐ-CP\nThông tư số 2/2020/TT-BYT", date(2024, 12, 31)),
                (2, "Cấp lại chứng chỉ", "5 ngày", "3 ngày", None, "Quý IV/2024"),
                (3, "Thu hồi chứng chỉ", None, None, None, 2025),
                ("Tổng cộng: 3 TTHC",),
            ],
            ["A1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5", "A7:F7", "A8:F8", "E9:E11", "A12:F12"],
        ),
        "phu-luc.xlsx",
    )  # fmt: skip
    assert not table.issues
    first, second, third = table.lines
    assert (first.row, first.name, first.field_name) == (9, "Cấp chứng chỉ hành nghề", "Dược phẩm")
    assert first.lead == "BỘ Y TẾ"
    assert (first.before_text, first.after_text, first.deadline) == ("10 ngày", "7 ngày", "2024-12-31")
    assert first.documents == "Nghị định số 1/2019/NĐ-CP; Thông tư số 2/2020/TT-BYT"
    assert second.documents == third.documents == first.documents  # one cell beside three rows
    assert (second.deadline, third.deadline) == ("Quý IV/2024", "2025")
    assert [(one.rule, one.row) for one in table.notices] == [
        ("plan_title_passed_over", 1),
        ("plan_title_passed_over", 2),
        ("plan_row_passed_over", 12),
    ]


def test_a_csv_file_reads_the_same() -> None:
    rows = "STT,Tên TTHC,Lĩnh vực,Cơ quan chủ trì\n1,Đăng ký khai sinh,Hộ tịch,Bộ Y tế\n"
    table = read(rows.encode("utf-8-sig"), "phu-luc.csv")
    assert [(one.row, one.name, one.lead) for one in table.lines] == [(2, "Đăng ký khai sinh", "Bộ Y tế")]


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ImportRejected):
        read(b"%PDF-1.7", "phu-luc.xlsx")
    assert [one.rule for one in read(workbook([("một", "hai"), (1, 2)]), "x.xlsx").issues] == [
        "plan_heading_missing"
    ]
