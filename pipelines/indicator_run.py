"""A file of scores to a staged batch: snapshot -> rows -> transform -> checks -> stage, and accept when asked to."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import cast

from catalogue.errors import ImportRejected, Invalid, Issue
from catalogue.model.actor import Actor
from catalogue.model.indicator import PeriodKind, parse_period, scaled
from catalogue.services import indicator_imports
from catalogue.services.batches import BatchReport
from catalogue.services.indicator_imports import IncomingScores
from catalogue.services.indicator_rows import made_of
from catalogue.services.installation import Installation
from pipelines.reading import read
from pipelines.snapshot import Snapshot
from pipelines.sources import Source
from pipelines.sources.service_quality.transform import Known, Scores
from pipelines.strict import hidden
from pipelines.workbook import Sheet

Progress = Callable[[str, float], None]
Transform = Callable[[tuple[Sheet, ...], Source, str, date, Known], Scores]


def month_named(text: str, today: date) -> date:
    """The last day of the month or day that `--period` names, or today while it runs. Raises: Invalid."""
    try:
        period = parse_period(text)
    except ValueError as error:
        raise Invalid("period_not_readable", value=text[:40]) from error
    if period.kind not in (PeriodKind.MONTH, PeriodKind.DAY):
        raise Invalid("period_not_readable", value=text[:40])
    if period.start > today:
        raise Invalid("observed_in_future", value=period.start)
    return min(period.end, today)


def run_scores(
    installation: Installation,
    source: Source,
    snapshot: Snapshot,
    observed: date,
    accept: bool,
    tell: Progress,
    by: Actor | None = None,
    issues: tuple[Issue, ...] = (),
) -> BatchReport:
    """Import scores that describe the month of `observed`, up to that day.

    Raises: ImportRejected, Invalid, NotSignedIn, Forbidden.
    """
    tell("read", 0.05)
    sheets = _sheets(source, snapshot)
    tell("transform", 0.5)
    transform = cast(Transform, import_module(f"pipelines.sources.{source.name}.transform").transform)
    found = transform(sheets, source, snapshot.name, observed, _known(installation, source))
    tell("check", 0.8)
    issues += tuple(issue for sheet in sheets for issue in hidden(sheet, snapshot.name))
    tell("stage", 0.9)
    assert source.indicator is not None
    incoming = IncomingScores(
        source=source.name,
        indicator=source.indicator,
        file_name=snapshot.name,
        sha256=snapshot.sha256,
        content=snapshot.content,
        observed_on=observed,
        scores=found.scores,
        issues=(*issues, *found.issues, *_broken(source, snapshot.name, found)),
        rows_read=found.rows_read,
    )
    report = indicator_imports.stage(installation, incoming, by=by)
    if accept:
        report = indicator_imports.accept(installation, report.batch_id, by=by)
    tell("done", 1.0)
    return report


def _sheets(source: Source, snapshot: Snapshot) -> tuple[Sheet, ...]:
    """Every sheet of the file, all of which the source names. Raises: ImportRejected."""
    sheets = read(snapshot, source.files, source.columns)
    if not source.child_sheets:
        return sheets
    named = {name.casefold(): name for name in source.child_sheets}
    unknown = [sheet.name for sheet in sheets if (sheet.name or "").strip().casefold() not in named]
    if unknown:
        issues = tuple(Issue("sheet_not_of_source", file=snapshot.name, sheet=name) for name in unknown)
        raise ImportRejected("sheets_unknown", issues=issues, file=snapshot.name)
    return sheets


def _known(installation: Installation, source: Source) -> Known:
    reference = installation.reference
    definition = reference.indicator(source.indicator or "")

    def identified(identifier: str, day: date) -> str | None:
        agency = reference.agency_identified(identifier, day)
        return agency.code if agency and agency.valid_on(day) else None

    def named(text: str) -> str | None:
        agency = reference.agency_named(text)
        return agency.code if agency else None

    return Known(
        maxima=definition.maxima,
        maximum=scaled(Decimal(definition.methods[-1].maximum)),
        identified=identified,
        named=named,
        made_of=lambda code, day: made_of(installation, code, day),
    )


def _broken(source: Source, file: str, found: Scores) -> list[Issue]:
    """What the file as a whole breaks of the source's assertions."""
    limits, issues = source.assertions, []
    about_rows = (one for one in found.issues if one.severity == "error" and one.rule != "unknown_column")
    wrong = {(issue.sheet, issue.row) for issue in about_rows}
    if len(found.scores) < limits.min_rows:
        issues.append(Issue("too_few_rows", file=file, value=f"{len(found.scores)} < {limits.min_rows}"))
    if found.rows_read and len(wrong) / found.rows_read > limits.max_error_share:
        issues.append(Issue("too_many_errors", file=file, value=f"{len(wrong)}/{found.rows_read}"))
    if found.rows_read != len(found.scores) + len(wrong):
        lost = found.rows_read - len(found.scores) - len(wrong)
        issues.append(Issue("rows_unaccounted", file=file, value=str(lost)))
    return issues
