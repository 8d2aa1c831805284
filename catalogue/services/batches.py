"""Batches of outside data: their figures, their issues, and their rows beside what the catalogue says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from catalogue.errors import Issue, NotFound
from catalogue.model.actor import Actor, Right
from catalogue.model.change import Change
from catalogue.model.content import merged, said_of
from catalogue.model.diff import diff
from catalogue.model.quality import Problem
from catalogue.model.version import Version, version_of
from catalogue.services import versions
from catalogue.services.comparison import problems_from
from catalogue.services.installation import Installation
from catalogue.services.versions import Standing
from catalogue.store.database import Database, Row, Transaction


@dataclass(frozen=True)
class BatchReport:
    """A batch in figures: rows_read = new + changed + unchanged + rejected; missing is what the list leaves out."""

    batch_id: int
    source: str
    file_name: str
    sha256: str
    state: str
    observed_on: date
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_unchanged: int
    rows_missing: int
    rows_rejected: int
    comment: str | None
    missing_by_agency: Mapping[str, int]
    issues: tuple[Issue, ...]

    @property
    def has_problems(self) -> bool:
        """Some row was left out, or something is wrong that is more than a warning."""
        return self.rows_rejected > 0 or any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True)
class PreviewRow:
    """One row of a batch: what stood before and what would hold, with the typed difference; missing has no after."""

    change: str
    row: int
    procedure_code: str
    before: Version | None
    after: Version | None
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def report(installation: Installation, batch_id: int, *, by: Actor | None = None) -> BatchReport:
    """A batch in figures, with its issues.

    Raises: NotFound; NotSignedIn, Forbidden for a batch of another agency's editor.
    """
    visible(installation.database, batch_id, by)
    return report_of(installation.database, batch_id)


def find(installation: Installation, *, by: Actor | None = None) -> pl.DataFrame:
    """Every batch with its figures, the newest first; an editor of a ministry sees those of its own agency.

    Raises: NotSignedIn, Forbidden.
    """
    if by:
        by.require(Right.STAGE_IMPORTS)
    agency = by.agency_code if by and not by.has(Right.DECIDE_IMPORTS) else None
    return installation.database.read("imports/batches", agency=agency)


def file_of(installation: Installation, batch_id: int, *, by: Actor | None = None) -> bytes:
    """The bytes that were staged.

    Raises: NotFound, NotSignedIn, Forbidden.
    """
    batch = visible(installation.database, batch_id, by)
    row = installation.database.row("imports/content", sha256=batch["sha256"])
    if row is None:
        raise NotFound("batch_file_not_kept", id=batch_id)
    content: bytes = row["content"]
    return content


def preview(
    installation: Installation,
    batch_id: int,
    *,
    change: str | None = None,
    page: int = 1,
    size: int = 50,
    by: Actor | None = None,
) -> tuple[list[PreviewRow], int]:
    """A page of a batch (of one change, or all) beside what the catalogue says, by code; and how many there are.

    Raises: NotFound, NotSignedIn, Forbidden.
    """
    batch = visible(installation.database, batch_id, by)
    frame = installation.database.read(
        "imports/preview", batch_id=batch_id, change=change, limit=size, offset=(page - 1) * size
    )
    standing = versions.standing(
        installation.database,
        batch["observed_on"],
        batch["base_revision"],
        frame["procedure_code"].to_list(),
    )
    rows = [_preview(row, standing.get(row["procedure_code"]), batch) for row in frame.iter_rows(named=True)]
    return rows, int(frame["total"][0]) if frame.height else 0


def get(reader: Database | Transaction, batch_id: int) -> Row:
    """A batch as it is kept.

    Raises: NotFound.
    """
    row = reader.row("imports/batch", batch_id=batch_id)
    if row is None:
        raise NotFound("batch_not_found", id=batch_id)
    return row


def report_of(reader: Database | Transaction, batch_id: int) -> BatchReport:
    """A batch in figures, with its issues.

    Raises: NotFound.
    """
    row = get(reader, batch_id)
    missing = reader.read("imports/missing_by_agency", batch_id=batch_id)
    issues = reader.read("imports/issues", batch_id=batch_id)
    return BatchReport(
        **{name: row[name] for name in BatchReport.__dataclass_fields__ if name in row},
        missing_by_agency=dict(missing.select("agency", "procedures").iter_rows()),
        issues=tuple(
            Issue(
                rule=found["rule"],
                severity=found["severity"],
                file=found["file"],
                sheet=found["sheet"],
                row=found["row_no"],
                column=found["column_name"],
                value=found["value"],
                procedure_code=found["procedure_code"],
            )
            for found in issues.iter_rows(named=True)
        ),
    )


def visible(database: Database, batch_id: int, by: Actor | None) -> Row:
    """A batch this person may see: an editor of a ministry sees what its own agency staged.

    Raises: NotFound, NotSignedIn, Forbidden.
    """
    batch = get(database, batch_id)
    if by is not None and not by.has(Right.DECIDE_IMPORTS):
        by.require(Right.STAGE_IMPORTS, batch["staged_by_agency"] or "")
    return batch


def issue_row(batch_id: int, position: int, issue: Issue) -> Row:
    """An issue as a batch keeps it."""
    return {
        "batch_id": batch_id,
        "position": position,
        "severity": issue.severity,
        "file": issue.file,
        "sheet": issue.sheet,
        "row_no": issue.row,
        "column_name": issue.column,
        "value": issue.value,
        "rule": issue.rule,
        "procedure_code": issue.procedure_code,
    }


def _preview(row: Row, standing: Standing | None, batch: Row) -> PreviewRow:
    code, day = row["procedure_code"], batch["observed_on"]
    before = after = None
    if standing is not None:
        before = version_of(
            standing.content,
            version_id=standing.version_id,
            code=code,
            effective_date=standing.effective_date,
            in_force=standing.in_force,
        )
    if row["change"] == "unchanged":
        after = before
    elif row["change"] != "missing":
        said = json.loads(row["content"])
        parts = said_of(said, batch["parts"]) if batch["keeps_silent"] else batch["parts"]
        content = merged(standing.content if standing else {}, said, parts)
        after = version_of(content, version_id=0, code=code, effective_date=day)
    return PreviewRow(
        change=row["change"],
        row=row["row_no"],
        procedure_code=code,
        before=before,
        after=after,
        changes=diff(before, after) if before and after else (),
        problems=problems_from(row["problems"]),
    )
