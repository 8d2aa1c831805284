"""Lines of text in a Word document: what its XML can hold, set in a size and place; rules of a given length."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from catalogue.text import clean

LONGEST = 400  # characters of a table's cell: a row must fit on a page, and the workbook holds the whole text

_MM_OF_POINT = 25.4 / 72
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def plain(text: str) -> str:
    """The text without anything that Word's XML cannot hold."""
    return clean(text.encode("utf-8", "ignore").decode("utf-8"))


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, cut at a length with an ellipsis."""
    text = plain(text)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def line(
    cell: _Cell, text: str, size: int, align: str = "center", *, bold: bool = False, italic: bool = False
) -> None:
    """One more line of a cell of the heading or the signature."""
    first = cell.paragraphs[0]
    paragraph = first if not first.runs and len(cell.paragraphs) == 1 and text else cell.add_paragraph()
    say(paragraph, plain(text), size, align, bold=bold, italic=italic)


def say(
    paragraph: Paragraph, text: str, size: int, align: str, *, bold: bool = False, italic: bool = False
) -> None:
    """Put a text into an empty paragraph."""
    paragraph.alignment = _ALIGN[align]
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None


def rule(cell: _Cell, width: float, length: float) -> None:
    """A line of this length in the middle of a cell of this width, in millimetres."""
    rule_paragraph(cell.add_paragraph(), width, length)


def rule_paragraph(paragraph: Paragraph, width: float, length: float) -> None:
    """A line of this length in the middle: an empty paragraph with an edge, drawn in from both sides."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(0.0, (width - 4 - length) / 2))
    shape.space_before, shape.space_after = Pt(2), Pt(4)
    shape.line_spacing = Pt(3)
    edges, edge = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def estimated(text: str, size: int) -> float:
    """About how long a line of bold text is, in millimetres."""
    widths = (0.25 if char == " " else 0.72 if char.isupper() else 0.5 for char in plain(text))
    return sum(widths) * size * _MM_OF_POINT
