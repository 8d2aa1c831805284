"""What agencies send for a periodic form: looked at before anything is written, filed whole or refused whole.

A filing counts at once, without a decision of the Government Office: the agency answers for its own figures, as it does
for its return of a month. A break between two periods is written down only with an explanation, for a merger, a recount
or a correction is real, and refusing it for good would have staff bend the figure until it fits.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalogue.errors import Invalid
from catalogue.i18n import Translator
from catalogue.model import report_period
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import LONGEST_TEXT
from catalogue.model.report_form import ReportForm
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Fault, Sent, carry_faults, row_faults
from catalogue.reference import Agency, Reference
from catalogue.services import answering
from catalogue.services.installation import Installation
from catalogue.store.database import Database, Transaction
from catalogue.text import clean

SHORTEST_EXPLANATION = 20


@dataclass(frozen=True)
class Brought:
    """What a workbook says; `faults`: what of its cells cannot be taken; `notes`: what was passed over."""

    form: ReportForm
    period: ReportPeriod
    agency_code: str
    rows: tuple[Sent, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    file_name: str
    sha256: str


@dataclass(frozen=True)
class Filed:
    """The figures of one agency for a form and a period, as last sent."""

    filing_id: int
    agency_code: str
    rows: tuple[Sent, ...]
    explanation: str | None
    file_name: str
    recorded_at: datetime
    actor_name: str
    versions: int
    revision: int


@dataclass(frozen=True)
class Change:
    """A figure that a new filing says otherwise than the last one; None: it is not there."""

    section: str | None
    label: str
    column: str
    was: int | None
    becomes: int | None


@dataclass(frozen=True)
class Look:
    """What filing a workbook would do. `carry`: where it does not go on from the period before; `latest`: what it replaces."""

    brought: Brought
    faults: tuple[Fault, ...]
    carry: tuple[Fault, ...]
    before: ReportPeriod
    knows_before: bool
    latest: Filed | None
    changes: tuple[Change, ...]

    @property
    def is_unchanged(self) -> bool:
        return self.latest is not None and not self.changes

    @property
    def is_fileable(self) -> bool:
        """Nothing is wrong that an explanation could not answer."""
        return not self.faults


def period(installation: Installation, name: str) -> ReportPeriod:
    """A period by its name. Raises Invalid."""
    return report_period.period_of(name, installation.reference.report_periods.closes_on_day)


def expected(reference: Reference, form: ReportForm, span: ReportPeriod) -> tuple[Agency, ...]:
    """Who reports a form for a period: the agencies of its kinds on the last day."""
    return reference.agencies_on(span.ends_on, *form.agency_kinds)


def may_file(installation: Installation, actor: Actor, agency_code: str) -> bool:
    """Whether an actor may send figures for an agency: its own editor, or of one that it succeeded; the Office for all."""
    if actor.has(Right.MANAGE_PERIODS):
        return True
    return actor.has(Right.FILE_RETURNS, answering.succeeding(installation, agency_code))


def require_filing(installation: Installation, actor: Actor, agency_code: str) -> int:
    """The actor's id, if it may send figures for an agency.

    Raises: NotSignedIn, Forbidden.
    """
    if actor.has(Right.MANAGE_PERIODS):
        return actor.require(Right.MANAGE_PERIODS)
    return actor.require(Right.FILE_RETURNS, answering.succeeding(installation, agency_code))


def filed(
    reader: Database | Transaction, form: ReportForm, span: ReportPeriod, revision: int
) -> dict[str, Filed]:
    """The last filing of each agency, as known at a revision."""
    params = {"form": form.code, "period": span.name}
    if isinstance(reader, Database):
        found = reader.known("report_forms/filings", revision=revision, **params).to_dicts()
        # ids of filings say which rows are meant for good, so the answer may be kept
        lines = reader.known("report_forms/sent", filings=[row["filing_id"] for row in found])
    else:
        found = reader.read("report_forms/filings", revision=revision, **params).to_dicts()
        lines = reader.read("report_forms/sent", filings=[row["filing_id"] for row in found])
    rows: dict[int, dict[int, tuple[str | None, str, dict[str, int]]]] = {}
    for filing_id, row_id, section, label, code, value in lines.iter_rows():
        row = rows.setdefault(filing_id, {}).setdefault(row_id, (section, label, {}))
        if code is not None:
            row[2][code] = value
    return {
        one["agency_code"]: Filed(
            one["filing_id"],
            one["agency_code"],
            tuple(Sent(*row) for row in rows.get(one["filing_id"], {}).values()),
            one["explanation"],
            one["file_name"],
            one["recorded_at"],
            one["actor_name"],
            one["versions"],
            one["revision"],
        )
        for one in found
    }


def look(installation: Installation, actor: Actor, brought: Brought) -> Look:
    """What filing this would do; writes nothing.

    Raises: NotSignedIn, Forbidden; Invalid when the agency does not report the form or the period has not ended.
    """
    require_filing(installation, actor, brought.agency_code)
    revision = installation.moment().revision
    return _look(installation, installation.database, brought, revision)


def file(
    installation: Installation, actor: Actor, brought: Brought, explanation: str | None = None
) -> int | None:
    """Write the figures down, all or none; returns the id of the filing, None where they are what was sent last.

    Raises: NotSignedIn, Forbidden; Invalid when anything is wrong, or a break to the period before is not explained.
    """
    said = clean(explanation or "") or None
    found = _accepted(look(installation, actor, brought), said)
    if found.is_unchanged and (found.latest is None or found.latest.explanation == _kept(found, said)):
        return None
    actor_id = require_filing(installation, actor, brought.agency_code)
    with installation.database.transaction("statistics.file", actor_id) as transaction:
        now = _accepted(_look(installation, transaction, brought, transaction.revision - 1), said)
        return _write(transaction, brought, _kept(now, said), actor_id)


def _accepted(found: Look, said: str | None) -> Look:
    """What can be written: nothing is wrong, and a break to the period before is explained."""
    if found.faults:
        raise Invalid("statistics_refused", count=len(found.faults))
    if found.carry:
        _require_explained(found, said)
    return found


def _kept(found: Look, said: str | None) -> str | None:
    """An explanation belongs to a break; without one there is nothing to explain."""
    return said if found.carry else None


def _look(
    installation: Installation, reader: Database | Transaction, brought: Brought, revision: int
) -> Look:
    form, span = brought.form, brought.period
    if span.ends_on > installation.working_date:
        raise Invalid("statistics_period_open", day=span.ends_on)
    if brought.agency_code not in {one.code for one in expected(installation.reference, form, span)}:
        name = installation.reference.agency(brought.agency_code).name
        raise Invalid("statistics_not_owed", agency=name, form=form.number)
    before = report_period.previous(span, installation.reference.report_periods.closes_on_day)
    latest = filed(reader, form, span, revision).get(brought.agency_code)
    ended = filed(reader, form, before, revision).get(brought.agency_code) if form.carried else None
    return Look(
        brought,
        _in_order((*brought.faults, *row_faults(form, brought.rows, span.ends_on))),
        tuple(carry_faults(form, brought.rows, ended.rows)) if ended else (),
        before,
        ended is not None,
        latest,
        tuple(_changes(form, latest.rows if latest else (), brought.rows)),
    )


def _in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """From top to bottom; sums last, for most are wrong only because a row above them is."""
    return tuple(sorted(faults, key=lambda one: (one.rule == "sum", one.row)))


def _require_explained(found: Look, said: str | None) -> None:
    if not said:
        raise Invalid("statistics_unexplained", count=len(found.carry), day=found.before.ends_on)
    if len(said) < SHORTEST_EXPLANATION:
        raise Invalid("statistics_explanation_short", shortest=SHORTEST_EXPLANATION)
    if len(said) > LONGEST_TEXT:
        raise Invalid("statistics_explanation_long", longest=LONGEST_TEXT)


def _write(transaction: Transaction, brought: Brought, said: str | None, actor_id: int) -> int:
    filing_id = transaction.new_id()
    transaction.append(
        "statistics_filing",
        [
            {
                "filing_id": filing_id,
                "form_code": brought.form.code,
                "period_name": brought.period.name,
                "agency_code": brought.agency_code,
                "file_name": brought.file_name,
                "sha256": brought.sha256,
                "explanation": said,
                "actor_id": actor_id,
            }
        ],
    )
    rows, values = facts(filing_id, brought.rows, transaction.new_id)
    transaction.append("statistics_row", rows)
    transaction.append("statistics_value", values)
    return filing_id


def facts(
    filing_id: int, rows: Sequence[Sent], new_id: Callable[[], int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of `statistics_row` and `statistics_value` that say what was sent."""
    named = [(new_id(), position, row) for position, row in enumerate(rows, start=1)]
    return (
        [
            {
                "row_id": row_id,
                "filing_id": filing_id,
                "position": position,
                "section": row.section,
                "label": row.label,
            }
            for row_id, position, row in named
        ],
        [
            {"row_id": row_id, "column_code": code, "value": value}
            for row_id, _, row in named
            for code, value in row.values.items()
        ],
    )


def _changes(form: ReportForm, was: Sequence[Sent], becomes: Sequence[Sent]) -> Iterator[Change]:
    then, now = ({row.key: row for row in rows} for rows in (was, becomes))
    for key in dict.fromkeys((*then, *now)):
        row = now.get(key) or then[key]
        for column in form.imported:
            before, after = (_figure(rows.get(key), column.code) for rows in (then, now))
            if before != after:
                yield Change(row.section, row.label, column.code, before, after)


def _figure(row: Sent | None, code: str) -> int | None:
    return row.values.get(code) if row else None


def sentence(t: Translator, fault: Fault, escape: Callable[[str], str] = str) -> str:
    """A fault in words: where it is, what was found, what was expected."""
    details = {
        name: escape(value) if isinstance(value, str) else value for name, value in fault.details.items()
    }
    return t(f"statistics.fault_{fault.rule}", row=str(fault.row), label=escape(fault.label), **details)
