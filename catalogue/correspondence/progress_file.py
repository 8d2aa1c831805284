"""The month's progress report in the forms that it leaves the house in."""

from catalogue.correspondence import progress_book, progress_paper
from catalogue.correspondence.progress_numbers import numbers
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport
from catalogue.services import periods, progress
from catalogue.services.installation import Installation

__all__ = ["FORMATS", "file_name", "numbers", "report", "write"]

FORMATS = ("docx", "xlsx")


def report(
    installation: Installation,
    period: str,
    programme: str,
    agency: str | None = None,
    *,
    moment: Moment | None = None,
) -> ProgressReport:
    """The report of a period by its name, as known at a moment (default: now).

    Raises: NotFound for an unknown period, programme or agency.
    """
    if agency is not None:
        installation.reference.agency(agency)
    chosen = periods.get(installation, period, moment)
    return progress.report(installation, programme, chosen, agency=agency, moment=moment)


def write(
    installation: Installation, found: ProgressReport, agency: str | None = None, *, form: str
) -> bytes:
    """The report as .docx or .xlsx; `agency` as it was asked for."""
    if form == "docx":
        return progress_paper.write(installation, found)
    return progress_book.write(installation, found, agency)


def file_name(period: str, programme: str, agency: str | None, form: str) -> str:
    """`bao-cao-2024-02-phan-cap-1015.docx`."""
    return "-".join(["bao-cao", period, programme, *([agency] if agency else [])]) + f".{form}"
