"""The table of a periodic form in a Word document: nested headings, the row of column numbers, rows of figures."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import _Row

from catalogue.correspondence.lines import say, shortened
from catalogue.correspondence.tables import fixed, unbroken
from catalogue.model.report_form import HeadCell

SIZE = 9  # points
_TOLD_EVERY = 10


@dataclass(frozen=True)
class Line:
    """One row: its cells as (how many columns it takes, text); `is_bold`: a section or a total."""

    cells: Sequence[tuple[int, str]]
    is_bold: bool


@dataclass(frozen=True)
class FormTable:
    """Head, column numbers and rows; the first column is an ordinal, the second a label, the rest figures."""

    head: Sequence[HeadCell]
    depth: int
    numbers: Sequence[str]
    lines: Sequence[Line]


def write_form_table(
    word: Word, content: FormTable, width: float, told: Callable[[float], None] | None = None
) -> None:
    """Write the table over `width` millimetres; its head stands on every page, no row is broken across two."""
    columns = len(content.numbers)
    label = min(62.0, width * 0.28)
    figure = (width - 10 - label) / (columns - 2)
    table = word.add_table(rows=content.depth + 1, cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    fixed(table, [10, label, *([figure] * (columns - 2))])
    for row in table.rows:
        unbroken(row)
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in content.head:
        top = table.cell(cell.row, cell.column)
        bottom = table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        say(top.merge(bottom).paragraphs[0], cell.text, SIZE, "center", bold=True)
    numbers = table.rows[content.depth]
    for place, text in enumerate(content.numbers):
        say(numbers.cells[place].paragraphs[0], text, SIZE, "center", italic=True)
    added: _Row = table.add_row()
    unbroken(added)
    blank = added._tr
    widths = [Mm(10), Mm(label), *([Mm(figure)] * (columns - 2))]
    for cell_xml, size in zip(blank.tc_lst, widths, strict=True):
        cell_xml.width = size
    for done, line in enumerate(content.lines):
        # a copy of one empty row: asking the table for its cells row by row takes time that grows with its square
        row = deepcopy(blank)
        blank.addprevious(row)
        _fill(_Row(row, table), line)
        if told is not None and done % _TOLD_EVERY == 0:
            told(done / len(content.lines))
    table._tbl.remove(blank)


def _fill(row: _Row, line: Line) -> None:
    place = 0
    cells = row.cells
    for number, (width, text) in enumerate(line.cells):
        cell = cells[place]
        if width > 1:
            cell = cell.merge(cells[place + width - 1])
        align = "left" if number == 1 else "center" if number == 0 or width > 1 else "right"
        say(cell.paragraphs[0], shortened(text), SIZE, align, bold=line.is_bold)
        place += width
