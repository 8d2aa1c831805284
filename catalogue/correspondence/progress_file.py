"""The progress report in the forms that it leaves the house in: one file, or one of each ministry in a .zip."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from catalogue.correspondence import progress_book, progress_paper
from catalogue.correspondence.progress_numbers import numbers
from catalogue.correspondence.progress_paper import Told
from catalogue.errors import Invalid
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport
from catalogue.model.reporting import Period, day_period
from catalogue.services import periods, progress
from catalogue.services.installation import Installation, parse_day
from catalogue.services.progress_detail import Detail
from catalogue.working_days import ZONE

__all__ = ["FORMATS", "Told", "file_name", "numbers", "of_all_agencies", "report", "write"]

FORMATS = ("docx", "xlsx")
_DAY_NAME = 10  # letters of 2024-03-15; a month's name has seven


def report(
    installation: Installation,
    period: str,
    programme: str,
    agency: str | None = None,
    *,
    moment: Moment | None = None,
) -> ProgressReport:
    """The report of a period by its name, or of a day (`2024-03-15`), as known at a moment (default: now).

    Raises: NotFound for an unknown period, programme or agency; Invalid for a day that is none or has not come.
    """
    if agency is not None:
        installation.reference.lead(agency)
    chosen = _period(installation, period, moment)
    return progress.report(installation, programme, chosen, agency=agency, moment=moment)


def _period(installation: Installation, name: str, moment: Moment | None) -> Period:
    if len(name) != _DAY_NAME:
        return periods.get(installation, name, moment)
    day = parse_day(name)
    if day > installation.working_date:
        raise Invalid("progress_day_future", day=day, working=installation.working_date)
    return day_period(day)


def write(
    installation: Installation,
    found: ProgressReport,
    agency: str | None = None,
    *,
    form: str,
    detail: Detail | None = None,
    told: Told | None = None,
) -> bytes:
    """The report as .docx or .xlsx; `agency` as it was asked for, `detail` where it is at hand."""
    if form == "docx":
        return progress_paper.write(installation, found, agency, detail=detail, told=told)
    return progress_book.write(installation, found, agency, detail=detail)


def of_all_agencies(
    installation: Installation,
    whole: ProgressReport,
    *,
    moment: Moment | None = None,
    forms: Sequence[str] = FORMATS,
    told: Told | None = None,
) -> bytes:
    """A .zip: the report of the whole programme and of each agency in it; `told` hears whose is written next.

    It is made in memory: who stops it half way has no half file.
    """
    output = BytesIO()
    asked = list(_asked(whole))
    with ZipFile(output, "w") as archive:
        for place, (agency, name) in enumerate(asked):
            if told:
                told(name, place / len(asked))
            found = whole
            if agency is not None:
                found = progress.report(
                    installation, whole.programme_code, whole.period, agency=agency, moment=moment
                )
            for form in forms:
                content = write(installation, found, agency, form=form)
                path = file_name(whole.period.name, whole.programme_code, agency, form)
                archive.writestr(
                    _entry(installation, path), content, ZIP_STORED
                )  # both are .zip files themselves
    return output.getvalue()


def _asked(whole: ProgressReport) -> Iterator[tuple[str | None, str]]:
    yield None, whole.programme_name_vi
    for row in sorted(whole.rows, key=lambda row: row.agency_name or ""):
        if row.agency_code and row.assigned:
            yield row.agency_code, row.agency_name or row.agency_code


def _entry(installation: Installation, path: str) -> ZipInfo:
    now: datetime = installation.database.clock().astimezone(ZONE)
    return ZipInfo(path, now.timetuple()[:6])


def file_name(period: str, programme: str, agency: str | None, form: str) -> str:
    """`bao-cao-2024-02-phan-cap-1015.docx`."""
    return "-".join(["bao-cao", period, programme, *([agency] if agency else [])]) + f".{form}"
