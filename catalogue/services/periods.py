"""Reporting periods: opening the next one, closing one for good, and what is recorded about it afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import Conflict, Invalid, Issue, NotFound, StaleVersion
from catalogue.model.actor import NOBODY, Actor, Right
from catalogue.model.claim import LONGEST_TEXT
from catalogue.model.period import Moment, month_end_before
from catalogue.model.progress_report import LateCorrection
from catalogue.model.reporting import (
    AgencyReturn,
    Period,
    due_day,
    month_of,
    next_name,
    opens_too_early,
)
from catalogue.services import returns as agency_returns
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction
from catalogue.text import clean
from catalogue.working_days import next_midnight

MEASURES = (
    "assigned",
    "approved",
    "enacted",
    "published",
    "confirmed",
    "done",
    "done_in_time",
    "done_late",
    "overdue",
    "due_soon",
    "in_time",
    "no_deadline",
    "standing",
)


def all_periods(installation: Installation, moment: Moment | None = None) -> list[Period]:
    """Every period as known at a moment (default: now), newest first."""
    moment = moment or installation.moment()
    frame = installation.database.known("periods/list", revision=moment.revision)
    return [_period(row) for row in frame.iter_rows(named=True)]


def get(installation: Installation, name: str, moment: Moment | None = None) -> Period:
    """A period by its name (2024-02).

    Raises: NotFound.
    """
    return _named(all_periods(installation, moment), name)


def current(installation: Installation, moment: Moment | None = None) -> Period | None:
    """The period that agencies report for: the oldest open one; None where every period is closed, or there is none."""
    waiting = [period for period in all_periods(installation, moment) if not period.is_closed]
    return waiting[-1] if waiting else None


def before(installation: Installation, period: Period, moment: Moment | None = None) -> Period | None:
    """The period that ends right before another one begins; None where it was never opened."""
    last_day = month_end_before(period.starts_on)
    return next((one for one in all_periods(installation, moment) if one.ends_on == last_day), None)


def cycle_start(installation: Installation, period: Period, moment: Moment | None = None) -> int:
    """The last revision before what counts as recorded in this period's cycle.

    The close of the period before; where it was not closed, the last revision before the period's first day.
    """
    previous = before(installation, period, moment)
    if previous is not None and previous.frozen_revision is not None:
        return previous.frozen_revision
    first_instant = next_midnight(month_end_before(period.starts_on))
    row = installation.database.row("revision/known_at", before=first_instant)
    assert row is not None
    return int(row["revision"])


def open_period(installation: Installation, actor: Actor, name: str | None = None) -> Period:
    """Open the next period (the month after the last one); the first one may be any month, by its name.

    Raises: NotSignedIn, Forbidden; Invalid when it would leave a gap, or begins after next month; Conflict when it is there.
    """
    actor_id = actor.require(Right.MANAGE_PERIODS)
    with installation.database.transaction("period.open", actor_id) as transaction:
        known = _known(transaction)
        wanted = name or next_name(known, installation.working_date)
        starts_on, ends_on = month_of(wanted)
        if any(period.name == wanted for period in known):
            raise Conflict("period_exists", period=wanted)
        if known and wanted != next_name(known, installation.working_date):
            raise Invalid("period_gap", period=next_name(known, installation.working_date))
        if opens_too_early(starts_on, installation.working_date):
            raise Invalid("period_too_early", period=wanted)
        reference = installation.reference
        transaction.append(
            "reporting_period",
            [
                {
                    "period_id": transaction.new_id(),
                    "name": wanted,
                    "starts_on": starts_on,
                    "ends_on": ends_on,
                    "due_on": due_day(ends_on, reference.return_rule.due_working_days, reference.calendar),
                }
            ],
        )
    return get(installation, wanted)


def close(
    installation: Installation, actor: Actor, name: str, *, seen: int, reason: str | None = None
) -> Period:
    """Freeze the figures of a period, once and for all: as of its last day, as known at this revision.

    `seen`: the revision of the preview that is being confirmed. `reason`: why it is closed before its returns are due.
    Raises: NotSignedIn, Forbidden, NotFound; Conflict when it is closed already; StaleVersion when its figures moved
    since the preview; Invalid when it has not begun, an earlier one is open, or the reason is missing.
    """
    actor_id = actor.require(Right.MANAGE_PERIODS)
    reason = clean(reason or "") or None
    with installation.database.transaction("period.close", actor_id) as transaction:
        known = _known(transaction)
        period = _named(known, name)
        _require_closable(period, known, installation.working_date, reason)
        now = figures_at(transaction, period.ends_on, transaction.revision)
        if not now.equals(figures_at(transaction, period.ends_on, seen)):
            raise StaleVersion("period_moved", period=name)
        transaction.append(
            "period_closing", [{"period_id": period.period_id, "reason": reason, "actor_id": actor_id}]
        )
        transaction.append("period_figure", frozen_rows(period.period_id, now))
    return get(installation, name)


def returns(installation: Installation, period: Period, moment: Moment | None = None) -> list[AgencyReturn]:
    """One row an agency that owes a return: it leads an item of any base at the end of the period (or its successor)."""
    return agency_returns.of_period(installation, period, moment or installation.moment())


def figures(installation: Installation, period: Period, moment: Moment) -> pl.DataFrame:
    """programme_code, agency_code and a column for each measure: as frozen, or as known at the moment where it is open."""
    if period.frozen_revision is None:
        return installation.database.known(
            "periods/figures", as_of=period.ends_on, answering_on=period.ends_on, revision=moment.revision
        )
    frame = installation.database.read("periods/frozen", period_id=period.period_id)
    if frame.is_empty():
        return pl.DataFrame(
            schema={"programme_code": pl.String, "agency_code": pl.String} | dict.fromkeys(MEASURES, pl.Int64)
        )
    return frame.pivot("measure", index=["programme_code", "agency_code"], values="value")


def figures_at(transaction: Transaction, as_of: date, revision: int) -> pl.DataFrame:
    """The figures that a closing at this revision freezes."""
    return transaction.read("periods/figures", as_of=as_of, answering_on=as_of, revision=revision)


def frozen_rows(period_id: int, frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Those figures as rows of the ledger."""
    long = frame.unpivot(
        list(MEASURES),
        index=["programme_code", "agency_code"],
        variable_name="measure",
        value_name="value",
    )
    return [{"period_id": period_id} | row for row in long.iter_rows(named=True)]


def late_corrections(
    installation: Installation,
    period: Period,
    moment: Moment | None = None,
    *,
    actor: Actor = NOBODY,
    programme: str | None = None,
    agency: str | None = None,
) -> list[LateCorrection]:
    """What is known at a moment about the end of a closed period and was not at its close, oldest recording first.

    Who recorded it and by which claim is told to those who may read claims. Nothing for a period that is open.
    """
    if period.frozen_revision is None:
        return []
    moment = moment or installation.moment()
    frame = installation.database.known(
        "periods/late", as_of=period.ends_on, frozen=period.frozen_revision, revision=moment.revision
    )
    if programme is not None:
        frame = frame.filter(pl.col("programme_code") == programme)
    if agency is not None:
        frame = frame.filter(pl.col("agency_code") == agency)
    may_see = actor.has(Right.READ_CLAIMS)
    return [_correction(installation, period, row, may_see) for row in frame.iter_rows(named=True)]


def _require_closable(period: Period, known: list[Period], day: date, reason: str | None) -> None:
    if period.is_closed:
        raise Conflict("period_closed_already", when=period.closed_at, who=period.closed_by)
    if period.starts_on > day:
        raise Invalid("period_not_begun", day=period.starts_on)
    earlier = [one for one in known if one.ends_on < period.starts_on and not one.is_closed]
    if earlier:
        raise Invalid("period_earlier_open", period=earlier[-1].name)
    if reason and len(reason) > LONGEST_TEXT:
        issue = Issue("text_too_long", column="reason", value=str(len(reason)))
        raise Invalid("change_incomplete", issues=(issue,))
    if day <= period.due_on and reason is None:
        raise Invalid("period_close_early", issues=(Issue("reason_missing", column="reason"),))


def _known(transaction: Transaction) -> list[Period]:
    frame = transaction.read("periods/list", revision=transaction.revision)
    return [_period(row) for row in frame.iter_rows(named=True)]


def _named(periods: list[Period], name: str) -> Period:
    found = next((period for period in periods if period.name == name), None)
    if found is None:
        raise NotFound("period_not_found", period=name[:20])
    return found


def _period(row: Mapping[str, Any]) -> Period:
    return Period(**row)


def _correction(installation: Installation, period: Period, row: Row, may_see: bool) -> LateCorrection:
    agency = installation.reference.lead(row["agency_code"])
    return LateCorrection(
        item_id=row["item_id"],
        title=row["title"],
        procedure_code=row["procedure_code"],
        agency_code=row["agency_code"],
        agency_short_name=agency.short_name_on(period.ends_on),
        change=row["change"],
        before=row["before"],
        after=row["after"],
        recorded_at=row["recorded_at"],
        claim_id=row["claim_id"] if may_see else None,
        recorded_by=row["recorded_by"] if may_see else None,
    )
