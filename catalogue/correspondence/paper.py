"""An official paper as .docx, in the form that Decree 30/2020/NĐ-CP (Appendix I) prescribes for administrative documents.

A4, margins 20/20/30/15 mm, Times New Roman, page numbers from the second page on; tables repeat their header and
break no row across pages.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from catalogue.correspondence.form_table import FormTable, write_form_table
from catalogue.correspondence.lines import estimated, line, plain, rule, rule_paragraph, say, shortened
from catalogue.correspondence.tables import Column, fixed, unbroken, write_table

FONT = "Times New Roman"
BODY = 13  # points
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"

_UPRIGHT = (65, 100)  # millimetres of the two halves of the heading
_LANDSCAPE = (100, 152)


@dataclass(frozen=True)
class Heading:
    """What stands above a paper: who sends it, place and month; number and day are written in when it is signed."""

    superior: str | None
    issuer: str
    number: str
    about: str | None  # "V/v …", under the number of a letter
    place: str
    day: date


class Paper:
    """A paper on its way, written from top to bottom."""

    def __init__(self, title: str, day: date, *, landscape: bool = False) -> None:
        self._halves = _LANDSCAPE if landscape else _UPRIGHT
        self._word: Word = Document()
        made = datetime.combine(day, time(), UTC).replace(tzinfo=None)
        properties = self._word.core_properties
        properties.title, properties.author, properties.comments = shortened(title, 200), "", ""
        properties.created = properties.modified = made
        _font(self._word)
        _page(self._word, landscape=landscape)

    def heading(self, heading: Heading) -> None:
        """Who sends it on the left; the State's name and motto on the right; number, place and day below."""
        table = self._word.add_table(rows=2, cols=2)
        fixed(table, self._halves)
        left, right = table.rows[0].cells
        if heading.superior:
            line(left, heading.superior.upper(), 12)
        issuer = heading.issuer.upper()
        line(left, issuer, 12, bold=True)
        rule(left, self._halves[0], estimated(issuer, 12) * 0.4)
        line(right, STATE, 12, bold=True)
        line(right, MOTTO, 13, bold=True)
        rule(right, self._halves[1], estimated(MOTTO, 13) * 0.94)
        left, right = table.rows[1].cells
        line(left, heading.number, 13)
        if heading.about:
            line(left, heading.about, 12)
        day = heading.day
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        line(right, f"{heading.place}, ngày … tháng {month} năm {day.year}", 13, italic=True)

    def title(self, kind: str | None, about: str) -> None:
        """The kind of paper and what it is about, centred and bold."""
        if kind:
            self._paragraph(kind.upper(), 14, "center", bold=True, before=12, keep=True)
        self._paragraph(about, 14, "center", bold=True, before=0 if kind else 12, after=0, keep=True)
        rule_paragraph(self._word.add_paragraph(), sum(self._halves), 30)

    def addressee(self, to: str) -> None:
        """`Kính gửi: …`, centred."""
        self._paragraph(f"Kính gửi: {to}", 14, "center", before=12, after=12)

    def part(self, text: str) -> None:
        """The heading of a part of the text."""
        self._paragraph(text, BODY, "left", bold=True, before=8, first=10, keep=True)

    def paragraph(self, text: str, *, size: int = BODY, italic: bool = False) -> None:
        """A paragraph of the text, justified, its first line indented by 1 cm."""
        self._paragraph(text, size, "justify", italic=italic, first=10)

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], total: Sequence[str] | None = None
    ) -> None:
        """A table with its header on every page; a row with one cell is a heading over the rows that follow."""
        write_table(self._word, columns, rows, total)
        gap = self._word.add_paragraph()
        gap.paragraph_format.space_after = Pt(2)

    def picture(self, png: bytes, caption: str, alt: str) -> None:
        """A picture as wide as the text, read out by `alt`, with its caption on the same page."""
        paragraph = self._word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape = paragraph.add_run().add_picture(BytesIO(png), width=Mm(sum(self._halves)))
        shape._inline.docPr.set("descr", plain(alt))
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(4), True
        self._paragraph(caption, 11, "center", italic=True)

    def form(self, table: FormTable, told: Callable[[float], None] | None = None) -> None:
        """The table of a periodic form; `told` hears the share of its rows that are written."""
        write_form_table(self._word, table, sum(self._halves), told)
        self._word.add_paragraph().paragraph_format.space_after = Pt(2)

    def signature(self, authority: Sequence[str], signer: str | None, recipients: Sequence[str]) -> None:
        """`Nơi nhận` on the left; on the right the authority to sign, room for the signature, the name if known."""
        table = self._word.add_table(rows=1, cols=2)
        fixed(table, (self._halves[0] + 10, self._halves[1] - 10))
        unbroken(table.rows[0])
        left, right = table.rows[0].cells
        line(left, "Nơi nhận:", 12, "left", bold=True, italic=True)
        for number, text in enumerate(recipients, start=1):
            line(left, f"- {text}{'.' if number == len(recipients) else ';'}", 11, "left")
        for text in authority:
            line(right, text.upper(), 13, bold=True)
        for _ in range(4):
            line(right, "", 13)
        line(right, signer or "", 13, bold=True)

    def annex(self, name: str, about: str, note: str) -> None:
        """A new page that begins an annex (Phụ lục)."""
        self._word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self._paragraph(name, 14, "center", bold=True, after=0)
        self._paragraph(about.upper(), 13, "center", bold=True, after=0)
        self._paragraph(note, 13, "center", italic=True, after=6)

    def save(self) -> bytes:
        """The finished .docx."""
        output = BytesIO()
        self._word.save(output)
        return output.getvalue()

    def _paragraph(
        self,
        text: str,
        size: int,
        align: str,
        *,
        bold: bool = False,
        italic: bool = False,
        before: int = 0,
        after: int = 6,
        first: int = 0,
        keep: bool = False,
    ) -> None:
        paragraph = self._word.add_paragraph()
        say(paragraph, plain(text), size, align, bold=bold, italic=italic)
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.first_line_indent = Mm(first)
        shape.line_spacing = 1.15
        shape.keep_with_next = keep


def _font(word: Word) -> None:
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)


def _page(word: Word, *, landscape: bool) -> None:
    """A4 with its binding edge on the left; across, it is the same sheet turned round."""
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = number.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
