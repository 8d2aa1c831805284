"""A file to a staged batch: snapshot -> rows -> transform -> checks -> stage, and accept when asked to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from catalogue.errors import Issue
from catalogue.model.actor import Actor
from catalogue.services import imports
from catalogue.services.batches import BatchReport
from catalogue.services.imports import Incoming
from catalogue.services.installation import Installation
from pipelines.checks import check
from pipelines.contract import TransformResult
from pipelines.indicator_run import run_scores
from pipelines.reading import read
from pipelines.snapshot import Snapshot, observed_date, take_snapshot
from pipelines.sources import Source, load_source, load_transform
from pipelines.strict import children_apart, hidden, one_sheet

# Called with what is done next and the share of the work behind it; never inside a write transaction.
Progress = Callable[[str, float], None]


def run(
    installation: Installation,
    source_name: str,
    path: Path,
    observed: date | None = None,
    accept: bool = False,
    progress: Progress | None = None,
) -> BatchReport:
    """Import a file; the day it describes is in its name or its folder's, else it is the working date.

    Raises: NotFound (no such source), ImportRejected, Invalid (a day still to come).
    """
    return run_snapshot(installation, source_name, take_snapshot(path), observed, accept, progress)


def run_snapshot(
    installation: Installation,
    source_name: str,
    snapshot: Snapshot,
    observed: date | None = None,
    accept: bool = False,
    progress: Progress | None = None,
    by: Actor | None = None,
) -> BatchReport:
    """Import bytes that are already here, such as an upload; otherwise as `run`.

    Raises: NotSignedIn, Forbidden where `by` may not.
    """
    tell = progress or _silent
    source = load_source(source_name)
    if source.kind == "indicators":
        day, noted = _observed(installation, snapshot, observed)
        return run_scores(installation, source, snapshot, day, accept, tell, by, noted)
    tell("read", 0.05)
    result, sheet = read_source(source, snapshot, tell)
    tell("check", 0.8)
    issues = result.issues + check(result, source)
    observed, noted = _observed(installation, snapshot, observed)
    issues += noted
    tell("stage", 0.9)
    incoming = Incoming(
        source=source.name,
        file_name=snapshot.name,
        sha256=snapshot.sha256,
        content=snapshot.content,
        observed_on=observed,
        listed=result.listed,
        parts=result.parts,
        issues=issues,
        rows_read=result.rows_read,
        lists_all=source.lists_all,
        keeps_silent=source.keeps_silent,
        for_agencies=source.for_agencies,
        sheet=sheet,
        headers=result.headers,
    )
    report = imports.stage(installation, incoming, by=by)
    if accept:
        report = imports.accept(installation, report.batch_id, by=by)
    tell("done", 1.0)
    return report


def _observed(
    installation: Installation, snapshot: Snapshot, observed: date | None
) -> tuple[date, tuple[Issue, ...]]:
    """The day that a file describes, with a note where nothing says it."""
    day = observed or observed_date(snapshot.path, installation.today)
    if day is not None:
        return day, ()
    day = installation.working_date
    return day, (Issue("no_observed_date", "warning", snapshot.name, value=day.isoformat()),)


def read_source(
    source: Source, snapshot: Snapshot, tell: Progress | None = None
) -> tuple[TransformResult, str | None]:
    """What a file says as its source reads it, and the sheet it stands on.

    Raises: ImportRejected.
    """
    sheets, children = children_apart(read(snapshot, source.files, source.columns), source.child_sheets)
    sheet = one_sheet(sheets, source.ignored_sheets, snapshot.name)
    (tell or _silent)("transform", 0.5)
    result = load_transform(source.name)(sheet.rows, source, snapshot.name, sheet.name, *children)
    unseen = [issue for one in (sheet, *children) for issue in hidden(one, snapshot.name)]
    return replace(result, issues=(*result.issues, *unseen)), sheet.name


def _silent(_step: str, _share: float) -> None:
    pass
