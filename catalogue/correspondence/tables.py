"""Tables of a Word document: fixed widths, a header on every page, no row broken across pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from catalogue.correspondence.lines import say, shortened

SIZE = 10  # points


@dataclass(frozen=True)
class Column:
    """A column of a table; neighbours of one group stand under its name."""

    title: str
    width: float  # millimetres
    align: str = "left"
    group: str | None = None


def write_table(
    word: Word, columns: Sequence[Column], rows: Iterable[Sequence[str]], total: Sequence[str] | None
) -> None:
    """A table with its header on every page; a row with one cell is a heading over the rows that follow."""
    has_groups = any(column.group for column in columns)
    table = word.add_table(rows=2 if has_groups else 1, cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    fixed(table, [column.width for column in columns])
    _narrow(table)
    _head(table, columns)
    for values in rows:
        _row(table, columns, values)
    if total:
        _row(table, columns, total, bold=True)


def fixed(table: Table, widths: Sequence[float]) -> None:
    """Columns of these widths in millimetres, whatever stands in them."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _head(table: Table, columns: Sequence[Column]) -> None:
    for row in table.rows:
        unbroken(row)
        mark = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(mark)
    if len(table.rows) == 1:
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            _cell(cell, column.title, "center", bold=True)
        return
    top, bottom = table.rows
    place = 0
    for group, run in groupby(columns, key=lambda column: column.group):
        members = list(run)
        if group:
            _cell(top.cells[place].merge(top.cells[place + len(members) - 1]), group, "center", bold=True)
            for offset, column in enumerate(members):
                _cell(bottom.cells[place + offset], column.title, "center", bold=True)
        else:
            for offset, column in enumerate(members):
                _cell(
                    top.cells[place + offset].merge(bottom.cells[place + offset]),
                    column.title,
                    "center",
                    bold=True,
                )
        place += len(members)


def _row(table: Table, columns: Sequence[Column], values: Sequence[str], *, bold: bool = False) -> None:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    unbroken(row)
    cells = row.cells
    for cell, column in zip(cells, columns, strict=True):
        cell.width = Mm(column.width)
    if len(values) == 1:
        _cell(cells[0].merge(cells[-1]), values[0], "left", bold=True)
        cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        return
    for cell, column, value in zip(cells, columns, values, strict=True):
        _cell(cell, value, column.align, bold=bold)


def unbroken(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(cell: _Cell, text: str, align: str, *, bold: bool = False) -> None:
    say(cell.paragraphs[0], shortened(text), SIZE, align, bold=bold)


def _narrow(table: Table) -> None:
    """A millimetre between a cell's text and its sides, where Word leaves two."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(Mm(1).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
