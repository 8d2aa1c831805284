"""Periodic reports as they were issued: frozen with their form, printed the same ever after, compared with today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from catalogue.errors import Conflict, Invalid, NotFound
from catalogue.i18n import Translator
from catalogue.model import report_period, report_table
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.model.report_form import ReportForm, from_json
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Difference, Gap, Row, RowKind, Value
from catalogue.services import report_forms, statistics
from catalogue.services.installation import Installation
from catalogue.services.report_forms import Progress, Report
from catalogue.services.statistics import Filed
from catalogue.store.database import Row as Record


@dataclass(frozen=True)
class Issued:
    """A report as it was issued: the form, the rows and the lines under them are those of then."""

    issue_id: int
    form: ReportForm
    period: ReportPeriod
    agency_code: str | None
    agency_name: str
    as_of: date
    revision: int
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    sent: int
    expected: int
    issued_at: datetime
    issued_by: str


def issue(
    installation: Installation,
    actor: Actor,
    form_code: str,
    period_name: str,
    agency_code: str | None = None,
    progress: Progress | None = None,
) -> int:
    """Freeze a report as it stands: its cells, its form and its notes are printed the same from now on. Returns its id.

    Raises: NotSignedIn, Forbidden, NotFound; Invalid where there is nothing to print or an identity does not hold; Conflict
    where the last issue says the same.
    """
    actor_id = _require_issuing(installation, actor, agency_code)
    tell = progress or _silent
    found = report_forms.build(installation, form_code, period_name, agency_code, progress=progress)
    tell("freeze", 0.9)
    with installation.database.transaction("report.issue", actor_id) as transaction:
        if (
            transaction.revision - 1 != found.revision
        ):  # somebody wrote in between: what is frozen is what is known
            now = Moment(installation.working_date, None, transaction.revision - 1)
            found = report_forms.build(installation, form_code, period_name, agency_code, now)
        _require_issuable(installation, found)
        issue_id = transaction.new_id()
        head, rows, cells = report_forms.facts(issue_id, found, transaction.new_id)
        transaction.append("report_issue", [head | {"actor_id": actor_id}])
        transaction.append("report_issue_row", rows)
        transaction.append("report_issue_cell", cells)
    tell("done", 1.0)
    return issue_id


def may_issue(installation: Installation, actor: Actor, agency_code: str | None) -> bool:
    """Whether an actor may issue a report: of an agency those who file for it, of the whole country the Office."""
    if agency_code is None:
        return actor.has(Right.MANAGE_PERIODS)
    return statistics.may_file(installation, actor, agency_code)


def issues(
    installation: Installation,
    actor: Actor,
    moment: Moment,
    form_code: str | None = None,
    period_name: str | None = None,
) -> pl.DataFrame:
    """Reports issued so far, newest first, with who issued each.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.READ_CLAIMS)
    return installation.database.known(
        "report_forms/issues", revision=moment.revision, form=form_code, period=period_name
    )


def issued(installation: Installation, actor: Actor, issue_id: int) -> Issued:
    """A report as it was issued.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    actor.require(Right.READ_CLAIMS)
    row = installation.database.row("report_forms/issue", issue_id=issue_id)
    if row is None:
        raise NotFound("report_issue_not_found", id=issue_id)
    return _issued(installation, row)


def difference(
    installation: Installation, was: Issued, moment: Moment | None = None
) -> tuple[Difference, ...]:
    """Every cell of an issued report that reads otherwise now."""
    now = report_forms.build(installation, was.form.code, was.period.name, was.agency_code, moment)
    return report_table.differences(was.form, was.rows, _in_columns_of(was.form, now.rows))


def since(installation: Installation, was: Issued, moment: Moment | None = None) -> list[Filed]:
    """What was sent for the report's period after it was issued, by agency."""
    revision = (moment or installation.moment()).revision
    found = statistics.filed(installation.database, was.form, was.period, revision)
    return [
        one
        for code, one in sorted(found.items())
        if one.revision > was.revision and was.agency_code in (None, code)
    ]


def _require_issuing(installation: Installation, actor: Actor, agency_code: str | None) -> int:
    if agency_code is None:
        return actor.require(Right.MANAGE_PERIODS)
    return statistics.require_filing(installation, actor, agency_code)


def _require_issuable(installation: Installation, found: Report) -> None:
    if found.period.ends_on > installation.working_date:
        raise Invalid("statistics_period_open", day=found.period.ends_on)
    if not found.rows or not found.coverage.sent:
        raise Invalid("report_issue_empty")
    if found.broken:
        raise Invalid("report_identity_broken", count=found.broken)
    for row in installation.database.read(
        "report_forms/issues", revision=found.revision, form=found.form.code, period=found.period.name
    ).iter_rows(named=True):
        if row["agency_code"] != found.agency_code:
            continue
        last = installation.database.row("report_forms/issue", issue_id=row["issue_id"])
        assert last is not None
        before = _issued(installation, last)
        if (before.form, before.rows, before.notes) == (found.form, found.rows, found.notes):
            raise Conflict("report_issue_unchanged", when=before.issued_at, who=before.issued_by)
        return


def _issued(installation: Installation, row: Record) -> Issued:
    lines = installation.database.known("report_forms/issue_cells", issue_id=row["issue_id"])
    rows: dict[int, Row] = {}
    values: dict[int, dict[str, Value]] = {}
    for cell in lines.iter_rows(named=True):
        held = values.setdefault(cell["row_id"], {})
        held[cell["column_code"]] = cell["value"] if cell["gap"] is None else Gap(cell["gap"])
        rows.setdefault(
            cell["row_id"],
            Row(
                RowKind(cell["kind"]),
                cell["ordinal"],
                cell["label"],
                held,
                cell["section"],
                cell["agency_code"],
            ),
        )
    # by the closing day of then, for staff may correct it later
    span = report_period.period_of(row["period_name"], _closing_day(row["as_of"]))
    code = row["agency_code"]
    return Issued(
        issue_id=row["issue_id"],
        form=from_json(row["layout"]),
        period=span,
        agency_code=code,
        agency_name=(
            installation.reference.agency(code).name_on(row["as_of"])
            if code
            else Translator("vi")("report_forms.nation")
        ),
        as_of=row["as_of"],
        revision=row["revision"],
        rows=tuple(rows.values()),
        notes=tuple(row["notes"].split("\n") if row["notes"] else ()),
        sent=row["sent"],
        expected=row["expected"],
        issued_at=row["recorded_at"],
        issued_by=row["actor_name"],
    )


def _closing_day(day: date) -> int | None:
    """The day of a period's last month on which its figures were closed; None: the month's end."""
    return None if (day + timedelta(days=1)).month != day.month else day.day


def _in_columns_of(form: ReportForm, rows: Sequence[Row]) -> list[Row]:
    """Rows of today's form under the columns of an older one: a column that is no more has no figure."""
    codes = [column.code for column in form.figures]
    return [
        Row(
            row.kind,
            row.ordinal,
            row.label,
            {code: row.values.get(code, Gap.MISSING) for code in codes},
            row.section,
            row.agency_code,
        )
        for row in rows
    ]


def _silent(_step: str, _share: float) -> None:
    pass
