"""The rows of a periodic form before an agency fills it in."""

from catalogue.errors import Invalid
from catalogue.i18n import Translator
from catalogue.model import report_period
from catalogue.model.actor import Actor
from catalogue.model.report_form import ReportForm, RowsOf
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Row, RowKind
from catalogue.services import statistics
from catalogue.services.installation import Installation

SPARE = 5  # empty rows under each section, where works may be added


def rows(
    installation: Installation,
    form: ReportForm,
    span: ReportPeriod,
    agency_code: str,
    *,
    by: Actor | None = None,
) -> tuple[Row, ...]:
    """The rows of an agency's form before it is filled in: the works that it sent last, or else its fields, and room for
    more. `by`: None is the command line.

    Raises: NotFound; Invalid when the agency does not report the form; NotSignedIn, Forbidden.
    """
    if by is not None:
        statistics.require_filing(installation, by, agency_code)
    reference = installation.reference
    agency = reference.agency(agency_code)
    if agency.code not in {one.code for one in statistics.expected(reference, form, span)}:
        raise Invalid("statistics_not_owed", agency=agency.name_on(span.ends_on), form=form.number)
    if form.rows_of is RowsOf.AGENCIES:
        return (Row(RowKind.AGENCY, "1", agency.name_on(span.ends_on), {}, agency_code=agency.code),)
    known = _works_sent(installation, form, span, agency_code)
    found: list[Row] = []
    sections = [one for one in form.sections if agency.kind in one.kinds and one.applies_on(span.starts_on)]
    for letter, section in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", sections, strict=False):
        found.append(Row(RowKind.SECTION, letter, section.title.vi, {}, section.code))
        works = known.get(section.code, ())
        if not known and section is sections[0]:
            works = tuple(field.name for field in reference.fields_of(agency_code))
        found += (
            Row(RowKind.FIELD, str(place), label, {}, section.code)
            for place, label in enumerate((*works, *([""] * SPARE)), start=1)
        )
    return (*found, Row(RowKind.TOTAL, "", Translator("vi")("report_forms.total"), {}))


def _works_sent(
    installation: Installation, form: ReportForm, span: ReportPeriod, agency_code: str
) -> dict[str | None, tuple[str, ...]]:
    """By section, the works that an agency sent for this period, or else for the one before."""
    before = report_period.previous(span, installation.reference.report_periods.closes_on_day)
    revision = installation.moment().revision
    for one in (span, before):
        found = statistics.filed(installation.database, form, one, revision).get(agency_code)
        if found:
            sections = dict.fromkeys(row.section for row in found.rows)
            return {
                section: tuple(row.label for row in found.rows if row.section == section)
                for section in sections
            }
    return {}
