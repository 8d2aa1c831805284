"""A periodic report as .docx: the State's heading, the form's name and lines, the table across the sheet, the signature."""

from catalogue.correspondence.form_book import Told
from catalogue.correspondence.form_table import FormTable, Line
from catalogue.correspondence.form_words import Page, runs, shown
from catalogue.correspondence.form_words import T as _T
from catalogue.correspondence.paper import Heading, Paper
from catalogue.model.report_form import depth, head_cells
from catalogue.model.report_table import Row, RowKind


def write(page: Page, told: Told | None = None) -> bytes:
    """The report, ready to be numbered and signed."""
    form = page.form
    paper = Paper(f"{form.number}: {form.title.vi}", page.made, landscape=True)
    paper.heading(Heading(None, page.issuer, _T("report_forms.paper_number"), None, page.place, page.made))
    paper.title(None, form.title.vi.upper())
    number = _T("report_forms.form_number", number=form.number)
    paper.paragraph(f"{number}. {form.legal}", size=11, italic=True)
    for line in page.lines:
        paper.paragraph(line, size=12)
    codes = [column.code for column in form.figures]
    table = FormTable(
        head=tuple(head_cells(form.columns, "vi")),
        depth=depth(form.columns),
        numbers=[f"({column.number})" for column in form.columns],
        lines=[_line(row, codes) for row in page.rows],
    )
    paper.form(table, told)
    for note in (*page.notes, page.provenance):
        paper.paragraph(note, size=11, italic=True)
    paper.signature(
        (_T("report_forms.head_of_unit"),), None, (_T("report_forms.recipient"), _T("report_forms.filed"))
    )
    return paper.save()


def _line(row: Row, codes: list[str]) -> Line:
    cells = [(1, row.ordinal), (1, row.label)]
    cells += [(width, shown(value)) for _, width, value in runs(row, codes)]
    return Line(cells, row.kind in (RowKind.SECTION, RowKind.TOTAL))
