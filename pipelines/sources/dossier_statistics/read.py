"""The workbook of a periodic form as rows of figures: its name, its lines and its columns must be those of the form.

Sums that stand in the file are tested and not kept. Every cell that cannot be taken is named; nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue.correspondence.form_words import filled, period_words
from catalogue.errors import ImportRejected, Issue
from catalogue.i18n import LANGUAGES, Translator
from catalogue.model import report_period
from catalogue.model.report_form import ReportForm, depth, places
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Fault
from catalogue.reference import Agency, Reference
from catalogue.services.statistics import Brought
from catalogue.text import clean, fold
from pipelines.snapshot import Snapshot
from pipelines.sources.dossier_statistics.rows import read_rows
from pipelines.strict import children_apart, column_number, hidden, letter, one_sheet, text_of
from pipelines.workbook import Row, Sheet, read_workbook

SOURCE = "dossier_statistics"
HEADER_WITHIN = 40

_T = Translator("vi")


@dataclass(frozen=True)
class Head:
    """Where the table of a form stands: the row of its column numbers, and the place of its first column."""

    row: Row
    offset: int


def read_statistics(reference: Reference, snapshot: Snapshot) -> Brought:
    """What a workbook says, with every fault of its cells.

    Raises: ImportRejected when it is no workbook, no known form, or does not say whose and for which period it is.
    """
    guides = [Translator(language)("statistics.sheet_guide") for language in LANGUAGES]
    sheets, _ = children_apart(read_workbook(snapshot), guides)
    filled_in = tuple(sheet for sheet in sheets if any(not row.empty for row in sheet.rows))
    sheet = one_sheet(filled_in, guides, snapshot.name)
    form = _form(reference, sheet, snapshot.name)
    head = _head(form, sheet, snapshot.name)
    above = [text for row in sheet.rows if row.number < head.row.number for text in _texts(row)]
    period = _period(reference, form, above, snapshot.name)
    agency = _agency(reference, form, period, above, snapshot.name)
    below = [row for row in sheet.rows if row.number > head.row.number and not row.empty]
    rows, faults, notes = read_rows(form, period, agency, below, head.offset)
    unseen = [
        Fault("hidden", issue.row or 0, "", {"what": issue.column or issue.value or ""})
        for issue in hidden(sheet, snapshot.name)
    ]
    return Brought(
        form,
        period,
        agency.code,
        tuple(rows),
        tuple(faults),
        (*notes, *unseen),
        snapshot.name,
        snapshot.sha256,
    )


def _texts(row: Row) -> Iterator[str]:
    return (text for cell in row.cells if (text := clean(text_of(cell))))


def _form(reference: Reference, sheet: Sheet, file: str) -> ReportForm:
    """The form whose number stands above the table."""
    top = [fold(text) for row in sheet.rows[:HEADER_WITHIN] for text in _texts(row)]
    found = [form for form in reference.report_forms if any(fold(form.number) in text for text in top)]
    if len(found) != 1:
        known = ", ".join(form.number for form in reference.report_forms)
        raise ImportRejected("statistics_no_form", file=file, value=known)
    return found[0]


def _head(form: ReportForm, sheet: Sheet, file: str) -> Head:
    """The row of column numbers, with the form's own titles above it."""
    rows = [row for row in sheet.rows if not row.empty][:HEADER_WITHIN]
    wanted = [column.number for column in form.columns]
    for place, row in enumerate(rows):
        for offset in range(3):
            numbers = [column_number(row.cell(offset + index)) for index in range(len(wanted))]
            if numbers == wanted:
                _require_titles(form, rows[max(0, place - depth(form.columns)) : place], row, offset, file)
                return Head(row, offset)
    raise ImportRejected(
        "statistics_no_columns", file=file, form=form.number, first=f"({wanted[0]})", last=f"({wanted[-1]})"
    )


def _require_titles(form: ReportForm, above: Sequence[Row], numbers: Row, offset: int, file: str) -> None:
    """Each title is the form's, and no column stands behind the last one: a shifted column must not pass."""
    issues = []
    for index, column in enumerate(form.columns):
        found = next(
            (text for row in reversed(above) if (text := clean(text_of(row.cell(offset + index))))), ""
        )
        if fold(found) not in (fold(column.title.vi), fold(column.title.en)):
            expected = f"({column.number}) {column.title.vi}"
            issues.append(
                Issue("statistics_title_differs", file=file, row=numbers.number, column=expected, value=found)
            )
    behind = range(offset + len(form.columns), len(numbers.cells))
    issues += (
        Issue("statistics_column_unknown", file=file, row=numbers.number, column=letter(index), value=text)
        for index in behind
        if (text := clean(text_of(numbers.cell(index))))
    )
    if issues:
        raise ImportRejected("statistics_columns_differ", issues=tuple(issues), file=file, form=form.number)


def _said(form: ReportForm, place: str, above: Sequence[str]) -> dict[str, str]:
    """What the line of the form that holds a place says in the file."""
    for language in LANGUAGES:
        line = next(one.said(language) for one in form.lines if place in places(one.said(language)))
        pattern = re.compile(
            re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(clean(line))) + r"\s*", re.IGNORECASE
        )
        for text in above:
            if match := pattern.fullmatch(text):
                return {name: value.strip() for name, value in match.groupdict().items()}
    return {}


def _period(reference: Reference, form: ReportForm, above: Sequence[str], file: str) -> ReportPeriod:
    said = _said(form, "period", above)
    expected = next(line.vi for line in form.lines if "period" in places(line.vi))
    if not said:
        raise ImportRejected("statistics_no_period", file=file, value=expected)
    name = report_period.name_said(said["period"])
    if name is None:
        raise ImportRejected("statistics_period_unclear", file=file, value=said["period"][:60])
    period = report_period.period_of(name, reference.report_periods.closes_on_day)
    days = {"from": _T.day(period.starts_on), "to": _T.day(period.ends_on)}
    for place, day in days.items():
        if place in said and said[place] != day:
            raise ImportRejected(
                "statistics_period_days", file=file, value=said[place][:40], expected=day,
                period=period_words(period),
            )  # fmt: skip
    return period


def _agency(
    reference: Reference, form: ReportForm, period: ReportPeriod, above: Sequence[str], file: str
) -> Agency:
    said = _said(form, "agency", above).get("agency", "")
    if not said:
        raise ImportRejected("statistics_no_agency", file=file, value=filled(form, period, "…")[0])
    agency = reference.agency_named(said)
    if agency is None:
        raise ImportRejected("statistics_agency_unknown", file=file, value=said[:80])
    return agency
