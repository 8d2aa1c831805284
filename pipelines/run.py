"""A file to a staged batch: snapshot -> rows -> transform -> checks -> stage, and accept when asked to."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from catalogue.errors import Issue
from catalogue.services import imports
from catalogue.services.imports import BatchReport
from catalogue.services.installation import Installation
from pipelines.checks import check
from pipelines.snapshot import Snapshot, observed_date, take_snapshot
from pipelines.sources import load_source, load_transform
from pipelines.strict import one_sheet
from pipelines.workbook import read

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
) -> BatchReport:
    """Import bytes that are already here, such as an upload; otherwise as `run`."""
    tell = progress or _silent
    source = load_source(source_name)
    tell("read", 0.05)
    sheet = one_sheet(read(snapshot), source.ignored_sheets, snapshot.name)
    tell("transform", 0.5)
    result = load_transform(source_name)(sheet.rows, source, snapshot.name, sheet.name)
    tell("check", 0.8)
    issues = result.issues + check(result, source)
    observed = observed or observed_date(snapshot.path, installation.today)
    if observed is None:
        observed = installation.working_date
        issues += (Issue("no_observed_date", "warning", snapshot.name, value=observed.isoformat()),)
    tell("stage", 0.9)
    report = imports.stage(
        installation,
        source=source.name,
        file_name=snapshot.name,
        sha256=snapshot.sha256,
        observed_on=observed,
        frame=result.frame,
        issues=issues,
        rows_read=result.rows_read,
        sheet=sheet.name,
        headers={column: header for header, column in source.columns.items()},
    )
    if accept:
        report = imports.accept(installation, report.batch_id)
    tell("done", 1.0)
    return report


def _silent(_step: str, _share: float) -> None:
    pass
