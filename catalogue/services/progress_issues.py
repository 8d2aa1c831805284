"""Progress reports as they were issued: their numbers and their very files are kept, whatever is recorded later."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from catalogue.errors import Conflict, Invalid, NotFound
from catalogue.model.actor import Actor, Right
from catalogue.model.figure_change import MemberChange
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport, ProgressRow
from catalogue.model.reporting import day_period
from catalogue.services import attachments, figure_members, figures, progress, statistics
from catalogue.services.attachments import Attachment
from catalogue.services.installation import Installation
from catalogue.services.progress_detail import Detail
from catalogue.store.database import Row

# What is frozen of a row, and is compared with what is known of the same day later.
COUNTS = (
    "assigned", "approved", "enacted", "published", "done", "done_in_time", "done_late", "overdue", "due_soon", "in_time",
    "no_deadline", "standing",
)  # fmt: skip
_OF_DOCUMENT = ("base", "standing", "done", "overdue", "due_soon", "in_time")
_PREFIX = "progress:"  # of form_code in report_issue: no periodic form has a colon in its code

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Issued:
    """One issued report. `files`: form -> sha256; `rows`: agency code -> counts, of the total ''."""

    issue_id: int
    programme: str
    period_name: str
    agency: str | None
    as_of: date
    revision: int  # the last one that its numbers count
    files: Mapping[str, str]
    rows: Mapping[str, Counts]
    issued_at: datetime
    issued_by: str

    @property
    def total(self) -> Counts:
        """The numbers of the whole report."""
        return self.rows.get("", {})


@dataclass(frozen=True)
class Difference:
    """One number that reads otherwise today; `agency`: '' for the total."""

    agency: str
    column: str
    printed: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.printed


def may_issue(installation: Installation, actor: Actor, agency: str | None) -> bool:
    """Whether an actor may issue a report: the Office any, who files for an agency the one of it."""
    if agency is None or installation.reference.group(agency):
        return actor.has(Right.MANAGE_PERIODS)
    return statistics.may_file(installation, actor, agency)


def issue(
    installation: Installation,
    actor: Actor,
    report: ProgressReport,
    detail: Detail,
    write: Callable[[], Mapping[str, bytes]],
) -> int:
    """Freeze a report: its numbers, and the files that `write` makes of it (form -> content). Returns its id.

    The numbers are those of the report's own revision, whoever writes meanwhile.
    Raises: NotSignedIn, Forbidden; Invalid where nothing was assigned, or the period has not ended; Conflict where the last
    issue of the same report says the same.
    """
    actor_id = _require(installation, actor, detail.agency)
    rows = dict(_rows(report))
    _require_issuable(installation, report)
    _require_new(installation, report, detail.agency, rows)
    kept = {form: attachments.checked((f"bao-cao.{form}", content)) for form, content in write().items()}
    with installation.database.transaction("progress.issue", actor_id) as transaction:
        _require_new(installation, report, detail.agency, rows)
        issue_id = transaction.new_id()
        transaction.append("report_issue", [_head(issue_id, actor_id, report, detail, kept)])
        lines, cells = [], []
        for place, (line, values) in enumerate(_lines(installation, report, detail, rows)):
            row_id = transaction.new_id()
            lines.append({"row_id": row_id, "issue_id": issue_id, "position": place, **line})
            cells += [
                {"row_id": row_id, "column_code": name, "value": value, "gap": None}
                for name, value in values.items()
            ]
        transaction.append("report_issue_row", lines)
        transaction.append("report_issue_cell", cells)
        attachments.keep(transaction, kept.values())
    return issue_id


def issues(
    installation: Installation,
    actor: Actor,
    moment: Moment,
    *,
    programme: str | None = None,
) -> list[Issued]:
    """Reports issued up to a moment, the newest first.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.READ_CLAIMS)
    return _found(installation, moment.revision, programme=programme)


def issued(installation: Installation, actor: Actor, issue_id: int) -> Issued:
    """One report as it was issued.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    actor.require(Right.READ_CLAIMS)
    found = _found(installation, installation.moment().revision, issue_id=issue_id)
    if not found:
        raise NotFound("progress_issue_not_found", id=issue_id)
    return found[0]


def content(installation: Installation, was: Issued, form: str) -> bytes:
    """The very file that was issued. Raises NotFound for a form that it was not issued in."""
    row = installation.database.row("progress/issue_file", sha256=was.files.get(form, ""))
    if row is None:
        raise NotFound("progress_issue_not_found", id=was.issue_id)
    return bytes(row["content"])


def difference(
    installation: Installation, was: Issued, moment: Moment | None = None
) -> tuple[Difference, ...]:
    """Every number of an issued report that reads otherwise by what is known now of its day; the total first."""
    now = moment or installation.moment()
    found = progress.report(
        installation, was.programme, day_period(was.as_of), agency=was.agency, moment=now.at_the_time
    )
    today = dict(_rows(found))
    nothing = dict.fromkeys(COUNTS, 0)
    return tuple(
        Difference(agency, name, printed, value)
        for agency in sorted({*was.rows, *today})
        for name in COUNTS
        if (printed := was.rows.get(agency, nothing).get(name, 0))
        != (value := today.get(agency, nothing)[name])
    )


def explained(
    installation: Installation, was: Issued, moment: Moment | None = None
) -> tuple[str | None, tuple[MemberChange, ...]]:
    """The measure of a programme's done items, and item by item why it reads otherwise now than in an issued report."""
    now = moment or installation.moment()
    done = next((one for one in figures.MEASURES if one.is_done and one.programme == was.programme), None)
    if done is None:
        return None, ()
    after = replace(now.at_the_time, as_of=was.as_of)
    changes = figure_members.difference(
        installation, done.measure, Moment(was.as_of, None, was.revision), after
    ).changes
    if was.agency is not None:
        name = installation.reference.lead(was.agency)
        own = {name.name_on(was.as_of), name.short_name_on(was.as_of), name.name}
        changes = tuple(one for one in changes if one.agency in own)
    return done.measure, changes


def _require(installation: Installation, actor: Actor, agency: str | None) -> int:
    if agency is None or installation.reference.group(agency):
        return actor.require(Right.MANAGE_PERIODS)
    return statistics.require_filing(installation, actor, agency)


def _require_issuable(installation: Installation, report: ProgressReport) -> None:
    if report.as_of > installation.working_date:
        raise Invalid("progress_issue_open", day=report.as_of, working=installation.working_date)
    if not report.total.assigned:
        raise Invalid("progress_issue_empty", day=report.as_of)


def _require_new(
    installation: Installation, report: ProgressReport, agency: str | None, rows: Mapping[str, Counts]
) -> None:
    last = next(
        (
            one
            for one in _found(installation, installation.moment().revision, programme=report.programme_code)
            if (one.period_name, one.agency) == (report.period.name, agency)
        ),
        None,
    )
    if last is not None and last.rows == rows:
        raise Conflict("report_issue_unchanged", when=last.issued_at, who=last.issued_by)


def _rows(report: ProgressReport) -> Iterator[tuple[str, Counts]]:
    """Counts by agency, of the total ''; an agency that only a list names has none."""
    for row in report.rows:
        if row.agency_code and row.assigned:
            yield row.agency_code, _counts(row)
    yield "", _counts(report.total)


def _counts(row: ProgressRow) -> Counts:
    return {name: getattr(row, name) for name in COUNTS}


def _head(
    issue_id: int, actor_id: int, report: ProgressReport, detail: Detail, kept: Mapping[str, Attachment]
) -> Row:
    layout = {"revision": report.revision, "files": {form: one.sha256 for form, one in kept.items()}}
    return {
        "issue_id": issue_id,
        "form_code": _PREFIX + report.programme_code,
        "period_name": report.period.name,
        "agency_code": detail.agency,
        "as_of": report.as_of,
        "sent": report.returns_sent,
        "expected": report.returns_owed,
        "layout": json.dumps(layout, sort_keys=True),
        "notes": report.programme_name_vi,
        "actor_id": actor_id,
    }


def _lines(
    installation: Installation, report: ProgressReport, detail: Detail, rows: Mapping[str, Counts]
) -> Iterator[tuple[Row, Counts]]:
    """The rows by agency, the total, and the rows by assigning document."""
    empty = {"ordinal": "", "section": None, "agency_code": None}
    for code, counts in rows.items():
        if code:
            name = installation.reference.lead(code).name_on(report.as_of)
            yield {**empty, "kind": "agency", "label": name, "agency_code": code}, counts
        else:
            yield {**empty, "kind": "total", "label": "total"}, counts
    for row in detail.documents.iter_rows(named=True):
        line = {**empty, "kind": "field", "section": "document", "label": row["label"]}
        yield line, {name: int(row[name]) for name in _OF_DOCUMENT}


def _found(
    installation: Installation,
    revision: int,
    *,
    programme: str | None = None,
    issue_id: int | None = None,
) -> list[Issued]:
    frame = installation.database.known(
        "progress/issues",
        revision=revision,
        prefix=_PREFIX,
        form=_PREFIX + programme if programme else None,
        issue_id=issue_id,
    )
    return [_issued(row, _frozen(installation, row["issue_id"])) for row in frame.iter_rows(named=True)]


def _frozen(installation: Installation, issue_id: int) -> dict[str, Counts]:
    rows: dict[str, dict[str, int]] = {}
    cells: Sequence[Row] = installation.database.known(
        "report_forms/issue_cells", issue_id=issue_id
    ).to_dicts()
    for cell in cells:
        if cell["kind"] in ("agency", "total"):
            rows.setdefault(cell["agency_code"] or "", {})[cell["column_code"]] = cell["value"]
    return dict(rows)


def _issued(row: Mapping[str, Any], rows: Mapping[str, Counts]) -> Issued:
    layout = json.loads(row["layout"])
    return Issued(
        issue_id=row["issue_id"],
        programme=row["form_code"].removeprefix(_PREFIX),
        period_name=row["period_name"],
        agency=row["agency_code"],
        as_of=row["as_of"],
        revision=layout["revision"],
        files=layout["files"],
        rows=rows,
        issued_at=row["recorded_at"],
        issued_by=row["actor_name"],
    )
