"""Official papers: the form of Decree 30/2020/NĐ-CP, as another program reads the file; whatever the texts hold."""

from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from catalogue.correspondence.lines import LONGEST
from catalogue.correspondence.paper import Heading, Paper
from catalogue.correspondence.tables import Column

DAY = date(2024, 3, 21)
COLUMNS = [Column("TT", 9, "center"), Column("Tên", 100), Column("Đúng", 28, "right", "Xong"),
           Column("Muộn", 28, "right", "Xong")]  # fmt: skip
HOSTILE = "=cmd|' /C calc'!A0 \x00\x07\x1b<w:p/>&amp; \ud800" + "Ộ" * 4000


def made(rows: list[tuple[str, ...]] | None = None, superior: str | None = None) -> Any:
    paper = Paper("Tên văn bản", DAY)
    paper.heading(Heading(superior, "Văn phòng Chính phủ", "Số: …/VPCP-KSTT", "V/v đôn đốc", "Hà Nội", DAY))
    paper.title("Báo cáo", "Tiến độ")
    paper.addressee("Bộ Y tế")
    paper.paragraph("Một đoạn.")
    if rows is not None:
        paper.table(COLUMNS, rows, ("", "Tổng", "1", "2"))
    paper.signature(["TL. Bộ trưởng, Chủ nhiệm", "Cục trưởng"], None, ["Như trên", "Lưu: VT"])
    return Document(BytesIO(paper.save()))


def lines(cell: Any) -> list[str]:
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


def test_the_heading_is_the_one_that_the_decree_prescribes() -> None:
    top, below = made().tables[0].rows
    assert lines(top.cells[0]) == ["VĂN PHÒNG CHÍNH PHỦ"]
    assert lines(top.cells[1]) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert lines(below.cells[0]) == ["Số: …/VPCP-KSTT", "V/v đôn đốc"]
    assert lines(below.cells[1]) == ["Hà Nội, ngày … tháng 3 năm 2024"]
    for cell in top.cells:  # the rule under the motto and under the issuer
        assert cell.paragraphs[-1]._p.find(f".//{qn('w:pBdr')}/{qn('w:top')}") is not None


def test_a_superior_body_stands_above_the_issuer() -> None:
    assert lines(made(superior="Chính phủ").tables[0].rows[0].cells[0]) == [
        "CHÍNH PHỦ",
        "VĂN PHÒNG CHÍNH PHỦ",
    ]


def test_paper_margins_and_letters() -> None:
    word = made()
    section = word.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (word.styles["Normal"].font.name, word.styles["Normal"].font.size) == ("Times New Roman", Pt(13))
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert not section.first_page_header.paragraphs[0].text


def test_the_end_names_who_signs_and_who_receives() -> None:
    left, right = made().tables[-1].rows[0].cells
    assert lines(left) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert lines(right) == ["TL. BỘ TRƯỞNG, CHỦ NHIỆM", "CỤC TRƯỞNG"]


def test_a_table_repeats_its_header_and_breaks_no_row() -> None:
    table = made([("Nhóm",), *((str(n), "Bộ", "1", "2") for n in range(60))]).tables[1]
    assert len(table.rows) == 2 + 1 + 60 + 1
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, True] + [False] * 62
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Tên", "Xong", "Xong"]
    assert [cell.text for cell in table.rows[1].cells] == ["TT", "Tên", "Đúng", "Muộn"]
    assert [cell.text for cell in table.rows[-1].cells] == ["", "Tổng", "1", "2"]
    widths = [round(column.width.mm) for column in table.columns]
    assert widths == [9, 100, 28, 28]


def test_whatever_a_text_holds_the_file_opens_and_the_row_fits_a_page() -> None:
    text = made([(HOSTILE, HOSTILE, "1", "2")]).tables[1].rows[2].cells[1].text
    assert text.startswith("=cmd|' /C calc'!A0 <w:p/>&amp; Ộ")
    assert len(text) == LONGEST
    assert text.endswith("…")
