"""Periodic reports: filled from what agencies sent and from the catalogue, and tested by the identities of their form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalogue.errors import Invalid
from catalogue.i18n import Translator
from catalogue.model import report_period, report_table
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.model.report_form import ColumnKind, ReportForm
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Gap, Row, RowKind, Value
from catalogue.reference import Agency, Reference
from catalogue.services import statistics
from catalogue.services.installation import Installation
from catalogue.services.report_checks import Check, carry_checks, identity_check
from catalogue.services.statistics import Filed
from catalogue.store.database import Row as Record
from catalogue.text import fold

# Called with what is done next and the share of the work behind it; never inside a write transaction.
Progress = Callable[[str, float], None]

# For a province, or (None) for the whole country: the figures of the columns that are counted in the catalogue.
Counts = Callable[[str | None], Mapping[str, Value]]

_MINISTRIES = ("ministry", "ministry_level", "other")


@dataclass(frozen=True)
class Coverage:
    """How many of the agencies that report have sent figures; `missing`: those that have not, by name."""

    sent: int
    expected: int
    ministries: tuple[int, int]
    provinces: tuple[int, int]
    missing: tuple[Agency, ...]


@dataclass(frozen=True)
class Report:
    """A report as of the end of its period. `notes`: the lines under the table; `filings`: whose figures it counts."""

    form: ReportForm
    period: ReportPeriod
    agency_code: str | None
    agency_name: str
    as_of: date
    revision: int
    rows: tuple[Row, ...]
    coverage: Coverage
    checks: tuple[Check, ...]
    notes: tuple[str, ...]
    filings: Mapping[str, Filed]

    @property
    def broken(self) -> int:
        """Rows that break an identity within the period."""
        return sum(len(check.faults) for check in self.checks if check.before is None)

    @property
    def total(self) -> Row | None:
        """The row that sums everything up: the last one, or the only one."""
        return self.rows[-1] if self.rows else None


@dataclass(frozen=True)
class Sources:
    """What a report is filled from: what agencies sent for its period and for the one before, procedures by province."""

    filings: Mapping[str, Filed]
    ended: Mapping[str, Filed]
    counts: Counts
    revision: int
    is_demo: bool
    unclear: int = 0  # procedures of which no source says whether a vertical sector handles them: not counted


def build(
    installation: Installation,
    form_code: str,
    period_name: str,
    agency_code: str | None = None,
    moment: Moment | None = None,
    *,
    language: str = "vi",
    progress: Progress | None = None,
    by: Actor | None = None,
) -> Report:
    """A report by what was known at a moment, of one agency or (None) of the whole country. `by`: None is the command line.

    Raises: NotFound for an unknown form or agency; Invalid for an unknown period or an agency that does not report it;
    NotSignedIn, Forbidden.
    """
    if by is not None:
        by.require(Right.READ_CLAIMS)
    tell = progress or _silent
    reference = installation.reference
    form, span = reference.report_form(form_code), statistics.period(installation, period_name)
    revision = (moment or installation.moment()).revision
    if agency_code is not None and agency_code not in {
        one.code for one in statistics.expected(reference, form, span)
    }:
        name = reference.agency(agency_code).name_on(span.ends_on)
        raise Invalid("statistics_not_owed", agency=name, form=form.number)
    tell("collect", 0.1)
    before = report_period.previous(span, reference.report_periods.closes_on_day)
    filings = statistics.filed(installation.database, form, span, revision)
    ended = statistics.filed(installation.database, form, before, revision) if form.carried else {}
    tell("count", 0.5)
    counts: Counts = _nothing
    unclear = 0
    if report_table.counted(form):
        counts = _counts(installation, form, span.ends_on, revision)
        unclear = _unclear(installation, span.ends_on, revision)
    return assembled(
        reference,
        form,
        span,
        agency_code,
        Sources(filings, ended, counts, revision, installation.is_demo, unclear),
        Translator(language),
    )


def assembled(
    reference: Reference,
    form: ReportForm,
    span: ReportPeriod,
    agency_code: str | None,
    sources: Sources,
    t: Translator,
) -> Report:
    """A report from figures that are at hand."""
    expected = [one for one in statistics.expected(reference, form, span) if agency_code in (None, one.code)]
    filings = {one.code: sources.filings[one.code] for one in expected if one.code in sources.filings}
    if report_table.is_by_agency(form):
        rows = _agency_rows(form, span, expected, filings, sources.counts, t)
    else:
        merged = report_table.merged(row for one in filings.values() for row in one.rows)
        rows = report_table.table_of_fields(form, merged, span.ends_on, t.language, t("report_forms.total"))
    found = Report(
        form=form,
        period=span,
        agency_code=agency_code,
        agency_name=(t("report_forms.nation") if agency_code is None else expected[0].name_on(span.ends_on)),
        as_of=span.ends_on,
        revision=sources.revision,
        rows=rows,
        coverage=_coverage(expected, filings, span.ends_on),
        checks=(
            *(identity_check(form, identity, rows) for identity in form.identities),
            *carry_checks(reference, form, span, filings, sources.ended),
        ),
        notes=(),
        filings=filings,
    )
    return replace(found, notes=tuple(_notes(reference, found, t, sources)))


def facts(
    issue_id: int, report: Report, new_id: Callable[[], int]
) -> tuple[Record, list[Record], list[Record]]:
    """What an issue writes: its head, its rows and their cells."""
    head = {
        "issue_id": issue_id,
        "form_code": report.form.code,
        "period_name": report.period.name,
        "agency_code": report.agency_code,
        "as_of": report.as_of,
        "sent": report.coverage.sent,
        "expected": report.coverage.expected,
        "layout": report.form.to_json(),
        "notes": "\n".join(report.notes),
    }
    rows, cells = [], []
    for position, row in enumerate(report.rows, start=1):
        row_id = new_id()
        rows.append(
            {
                "row_id": row_id,
                "issue_id": issue_id,
                "position": position,
                "kind": row.kind.value,
                "ordinal": row.ordinal,
                "label": row.label,
                "section": row.section,
                "agency_code": row.agency_code,
            }
        )
        for code, value in row.values.items():
            gap = value.value if isinstance(value, Gap) else None
            number = None if isinstance(value, Gap) else value
            cells.append({"row_id": row_id, "column_code": code, "value": number, "gap": gap})
    return head, rows, cells


def _coverage(expected: Sequence[Agency], filings: Mapping[str, Filed], day: date) -> Coverage:
    def count(*kinds: str) -> tuple[int, int]:
        those = [one for one in expected if one.kind in kinds]
        return sum(one.code in filings for one in those), len(those)

    missing = [one for one in expected if one.code not in filings]
    return Coverage(
        sent=len(filings),
        expected=len(expected),
        ministries=count(*_MINISTRIES),
        provinces=count("province"),
        missing=tuple(sorted(missing, key=lambda one: (one.kind == "province", fold(one.name_on(day))))),
    )


def _agency_rows(
    form: ReportForm,
    span: ReportPeriod,
    expected: Sequence[Agency],
    filings: Mapping[str, Filed],
    counts: Counts,
    t: Translator,
) -> tuple[Row, ...]:
    """A row an agency by name, and below several of them their total: figures sent are added up, procedures are counted
    once each."""
    day = span.ends_on
    rows = []
    for place, agency in enumerate(sorted(expected, key=lambda one: fold(one.short_name_on(day))), start=1):
        filing = filings.get(agency.code)
        sent = filing.rows[0].values if filing else {}
        values = {
            column.code: counts(agency.code)[column.code]
            if column.kind is ColumnKind.CATALOGUE
            else report_table.value_of(form, column.code, sent, day)
            for column in form.figures
        }
        name = agency.name_on(day)
        rows.append(Row(RowKind.AGENCY, str(place), name, values, agency_code=agency.code))
    if len(rows) < 2:
        return tuple(rows)
    total = report_table.summed(form, rows) | dict(counts(None))
    return (*rows, Row(RowKind.TOTAL, "", t("report_forms.total"), total))


def _counts(installation: Installation, form: ReportForm, day: date, revision: int) -> Counts:
    """For a province, or (None) for all of them: its procedures by the levels of each column, each counted once."""
    frame = installation.database.known("report_forms/procedures", as_of=day, revision=revision)
    sets = [(province, frozenset(levels), count) for province, levels, count in frame.iter_rows()]

    def of(province: str | None) -> Mapping[str, Value]:
        own = [
            (levels, count) for issuer, levels, count in sets if issuer is None or province in (None, issuer)
        ]
        found: dict[str, Value] = {}
        for column in form.figures:
            if column.kind is not ColumnKind.CATALOGUE:
                continue
            if not column.applies_on(day):
                found[column.code] = Gap.NOT_APPLICABLE
            elif not sets:  # an empty catalogue does not know, which is not none
                found[column.code] = Gap.MISSING
            else:
                found[column.code] = sum(count for levels, count in own if levels & set(column.levels))
        return found

    return of


def _unclear(installation: Installation, day: date, revision: int) -> int:
    row = installation.database.known_row("report_forms/unclear_sector", as_of=day, revision=revision)
    return int(row["procedures"]) if row else 0


def _notes(reference: Reference, report: Report, t: Translator, sources: Sources) -> list[str]:
    form, coverage = report.form, report.coverage
    notes = []
    if report.agency_code is None:
        parts = [
            t(f"report_forms.note_{kind}", sent=sent, expected=expected)
            for kind, (sent, expected) in (
                ("ministries", coverage.ministries),
                ("provinces", coverage.provinces),
            )
            if expected
        ]
        said = t("report_forms.note_coverage", sent=coverage.sent, expected=coverage.expected)
        notes.append(f"{said} ({'; '.join(parts)})." if len(parts) > 1 else f"{said}.")
    elif not coverage.sent:
        notes.append(t("report_forms.note_not_sent"))
    counted = [column for column in form.columns if column.kind is ColumnKind.CATALOGUE]
    if counted:
        first, last = counted[0].number, counted[-1].number
        notes.append(t("report_forms.note_counted", first=first, last=last, day=report.as_of))
    if sources.unclear:
        notes.append(t("report_forms.note_unclear", count=sources.unclear))
    if any(not column.applies_on(report.as_of) for column in counted):
        notes.append(t("report_forms.note_level_ended"))
    gaps = {value for row in report.rows for value in row.values.values() if isinstance(value, Gap)}
    if Gap.MISSING in gaps:
        notes.append(t("report_forms.note_missing"))
    if Gap.NOT_APPLICABLE in gaps:
        notes.append(t("report_forms.note_not_applicable"))
    notes += (
        t(
            "report_forms.note_explained",
            agency=reference.agency(code).short_name_on(report.as_of),
            text=one.explanation,
        )
        for code, one in sorted(report.filings.items())
        if one.explanation
    )
    if sources.is_demo:
        notes.append(t("report_forms.note_demo"))
    return notes


def _nothing(_province: str | None) -> Mapping[str, Value]:
    return {}


def _silent(_step: str, _share: float) -> None:
    pass
