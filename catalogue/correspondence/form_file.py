"""Periodic reports in the forms that they leave the house in, and the empty form that agencies fill in."""

from collections.abc import Callable

from catalogue.correspondence import form_book, form_paper
from catalogue.correspondence.form_words import Page, file_name, page_of, page_of_issue
from catalogue.correspondence.form_words import T as _T
from catalogue.model.actor import Actor
from catalogue.model.report_table import Row
from catalogue.services import form_templates, statistics
from catalogue.services.installation import Installation

__all__ = ["FORMATS", "file_name", "page_of", "page_of_issue", "template", "write"]

FORMATS = ("docx", "xlsx")


def write(page: Page, *, form: str, told: Callable[[float], None] | None = None) -> bytes:
    """The report as .docx or .xlsx; `told` hears the share of its rows that are written."""
    return form_paper.write(page, told) if form == "docx" else form_book.write(page, told)


def template(
    installation: Installation, form_code: str, period_name: str, agency_code: str, *, by: Actor | None = None
) -> bytes:
    """The form of an agency for a period, without figures. `by`: None is the command line.

    Raises: NotFound for an unknown form or agency; Invalid for an unknown period or an agency that does not report it;
    NotSignedIn, Forbidden.
    """
    form = installation.reference.report_form(form_code)
    span = statistics.period(installation, period_name)
    rows: tuple[Row, ...] = form_templates.rows(installation, form, span, agency_code, by=by)
    agency = installation.reference.agency(agency_code)
    name = agency.name_on(span.ends_on)
    made = installation.working_date
    place = installation.reference.house.place
    return form_book.template(Page(form, span, name, name, rows, (), _T("report_forms.sheet"), made, place))
