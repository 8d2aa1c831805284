"""What a periodic report says around its numbers: the lines above the table, cells as words, its name as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.i18n import Translator
from catalogue.model.report_form import ReportForm
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Gap, Row, Value
from catalogue.services.installation import Installation
from catalogue.services.report_forms import Report
from catalogue.services.report_issues import Issued
from catalogue.working_days import civil_day

T = Translator("vi")  # official papers are Vietnamese


@dataclass(frozen=True)
class Page:
    """A periodic report as it goes on paper. `made`: the day of the paper; `provenance`: from which record it was made."""

    form: ReportForm
    period: ReportPeriod
    issuer: str
    agency_name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    provenance: str
    made: date
    place: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines above the table, filled."""
        return filled(self.form, self.period, self.agency_name)


def page_of(installation: Installation, report: Report) -> Page:
    """A report that was not issued yet, as it would go on paper today."""
    return Page(
        form=report.form,
        period=report.period,
        issuer=_issuer(installation, report.agency_code, report.agency_name),
        agency_name=report.agency_name if report.agency_code else T("report_forms.nation_unit"),
        rows=report.rows,
        notes=report.notes,
        provenance=T("report_forms.provenance_draft", revision=str(report.revision)),
        made=installation.working_date,
        place=installation.reference.house.place,
    )


def page_of_issue(installation: Installation, issued: Issued) -> Page:
    """An issued report: nothing on it depends on what was recorded since."""
    return Page(
        form=issued.form,
        period=issued.period,
        issuer=_issuer(installation, issued.agency_code, issued.agency_name),
        agency_name=issued.agency_name if issued.agency_code else T("report_forms.nation_unit"),
        rows=issued.rows,
        notes=issued.notes,
        provenance=T(
            "report_forms.provenance_issued",
            when=issued.issued_at,
            who=issued.issued_by,
            revision=str(issued.revision),
        ),
        made=civil_day(issued.issued_at),
        place=installation.reference.house.place,
    )


def filled(form: ReportForm, period: ReportPeriod, agency_name: str, t: Translator = T) -> tuple[str, ...]:
    """The lines of a form with their places filled."""
    values = {
        "agency": agency_name,
        "period": period_words(period, t),
        "from": t.day(period.starts_on),
        "to": t.day(period.ends_on),
        "unit": form.unit.said(t.language),
    }
    return tuple(line.said(t.language).format(**values) for line in form.lines)


def period_words(period: ReportPeriod, t: Translator = T) -> str:
    """`Quý IV năm 2023`, `Năm 2023`."""
    if period.quarter is None:
        return t("report_forms.year", year=str(period.year))
    return t("report_forms.quarter", roman=period.roman, quarter=str(period.quarter), year=str(period.year))


def shown(value: Value, t: Translator = T) -> str:
    """A cell in words: a number, a dash where the column does not apply, words where nobody sent a figure."""
    if value is Gap.NOT_APPLICABLE:
        return "–"
    return t("report_forms.missing") if isinstance(value, Gap) else t.number(value)


def runs(row: Row, codes: Sequence[str]) -> list[tuple[int, int, Value]]:
    """The cells of a row as (place, width, value): missing figures side by side are said once."""
    found: list[tuple[int, int, Value]] = []
    for place, code in enumerate(codes):
        value = row.values[code]
        if value is Gap.MISSING and found and found[-1][2] is Gap.MISSING:
            start, width, _ = found[-1]
            found[-1] = (start, width + 1, value)
        else:
            found.append((place, 1, value))
    return found


def file_name(form: ReportForm, period: ReportPeriod, agency_code: str | None, suffix: str) -> str:
    """`II.06a-2023-Q4-bo-y-te.xlsx`."""
    return "-".join([form.code, period.name, agency_code or "ca-nuoc"]) + f".{suffix}"


def _issuer(installation: Installation, agency_code: str | None, agency_name: str) -> str:
    return agency_name if agency_code else installation.reference.house.issuer
