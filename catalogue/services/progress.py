"""The month's progress report of a programme: rows by ministry and what explains them."""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from catalogue.model.period import Moment, month_end_before
from catalogue.model.progress_report import (
    BaseChange,
    Bottleneck,
    LateCorrection,
    MissingReturn,
    ProgressReport,
    ProgressRow,
)
from catalogue.model.reporting import AgencyReturn, Period, ReturnState
from catalogue.services import figures, periods
from catalogue.services.installation import Installation
from catalogue.store.database import Row

_COUNTS = (
    "assigned",
    "approved",
    "enacted",
    "published",
    "done",
    "done_in_time",
    "done_late",
    "overdue",
    "due_soon",
    "in_time",
    "no_deadline",
    "standing",
    "done_before",
    "base_added",
    "base_withdrawn",
    "late_corrections",
    "carried_corrections",
    "extensions_granted",
    "extensions_refused",
)


def report(
    installation: Installation,
    programme: str,
    period: Period,
    *,
    agency: str | None = None,
    moment: Moment | None = None,
) -> ProgressReport:
    """The report of a programme for a period (services.periods.get, or model.reporting.day_period: a day's view).

    Of one ministry where `agency` is given.

    `moment`: as known when (default: now). Raises: NotFound for a programme that does not exist.
    """
    definition = installation.reference.programme(programme)
    now = moment or installation.moment()
    counted = Moment(period.ends_on, now.known_at, period.frozen_revision or now.revision)
    previous = periods.before(installation, period, now)
    since = Moment(
        month_end_before(period.starts_on),
        None,
        (previous.frozen_revision if previous else None) or counted.revision,
    )
    changes = _base_changes(installation, programme, period, counted, since, agency)
    late = periods.late_corrections(installation, period, now, programme=programme, agency=agency)
    carried = (
        periods.late_corrections(installation, previous, counted, programme=programme, agency=agency)
        if previous
        else []
    )
    sent = (
        []
        if period.is_day
        else [one for one in periods.returns(installation, period, now) if agency in (None, one.agency_code)]
    )
    rows = _rows(installation, programme, period, counted, since, now, agency)
    for change in changes:
        rows[change.agency_code][f"base_{change.change}"] += change.items
    for code, items in _items_by_agency(late).items():
        rows[code]["late_corrections"] = len(items)
    for one in carried:
        rows[one.agency_code]["carried_corrections"] += done_change(one, definition.done_stage)
    known = installation.database.row("revision/get", revision=counted.revision)
    return ProgressReport(
        programme_code=programme,
        programme_kind=definition.kind,
        programme_name_vi=definition.name_vi,
        programme_name_en=definition.name_en,
        done_stage=definition.done_stage,
        period=period,
        previous=previous,
        as_of=period.ends_on,
        revision=counted.revision,
        known_until=known["recorded_at"] if known else None,
        is_closed=period.is_closed,
        rows=tuple(_named_rows(installation, period, rows, sent)),
        total=_row({name: sum(row[name] for row in rows.values()) for name in _COUNTS}),
        base_changes=tuple(changes),
        late_corrections=tuple(late),
        carried_corrections=tuple(carried),
        returns=tuple(_outstanding(sent)),
        returns_owed=len(sent),
        returns_sent=sum(one.kind is not None for one in sent),
        returns_waiting=sum(one.state is ReturnState.WAITING for one in sent),
        bottlenecks=tuple(_bottlenecks(installation, programme, counted)),
    )


class _Rows(dict[str, dict[str, int]]):
    """Counts by agency; an agency that only a list names begins at 0."""

    def __missing__(self, code: str) -> dict[str, int]:
        self[code] = dict.fromkeys(_COUNTS, 0)
        return self[code]


def _rows(
    installation: Installation,
    programme: str,
    period: Period,
    counted: Moment,
    since: Moment,
    now: Moment,
    agency: str | None,
) -> _Rows:
    rows = _Rows()
    read = installation.database.known
    for row in _of(periods.figures(installation, period, now), programme, agency):
        rows[row["agency_code"]] |= {name: row[name] for name in _COUNTS if name in row}
    before = read("periods/figures", as_of=since.as_of, answering_on=period.ends_on, revision=since.revision)
    for row in _of(before, programme, agency):
        rows[row["agency_code"]]["done_before"] = row["done"]
    extensions = read(
        "periods/extensions",
        programme=programme,
        as_of=period.ends_on,
        since_revision=periods.cycle_start(installation, period, now),
        revision=counted.revision,
    )
    for row in _of(extensions, None, agency):
        rows[row["agency_code"]] |= {
            "extensions_granted": row["granted"],
            "extensions_refused": row["refused"],
        }
    return rows


def _of(frame: pl.DataFrame, programme: str | None, agency: str | None) -> Iterable[Row]:
    if programme is not None:
        frame = frame.filter(pl.col("programme_code") == programme)
    if agency is not None:
        frame = frame.filter(pl.col("agency_code") == agency)
    return frame.iter_rows(named=True)


def _base_changes(
    installation: Installation,
    programme: str,
    period: Period,
    counted: Moment,
    since: Moment,
    agency: str | None,
) -> list[BaseChange]:
    frame = installation.database.known(
        "periods/base_changes",
        programme=programme,
        since=since.as_of,
        since_revision=since.revision,
        as_of=counted.as_of,
        revision=counted.revision,
    )
    return [
        BaseChange(
            change=row["change"],
            agency_code=row["agency_code"],
            agency_short_name=installation.reference.lead(row["agency_code"]).short_name_on(period.ends_on),
            items=row["items"],
            effective_date=row["effective_date"],
            reason=row["reason"],
            document_number=row["document_number"],
            document_date=row["document_date"],
            document_title=row["document_title"],
        )
        for row in _of(frame, None, agency)
    ]


def _items_by_agency(corrections: Sequence[LateCorrection]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for one in corrections:
        found.setdefault(one.agency_code, set()).add(one.item_id)
    return found


def done_change(correction: LateCorrection, done_stage: str) -> int:
    """What a late correction changes in the number of items done: one more, one less, or nothing."""
    return {f"{done_stage}_reached": 1, f"{done_stage}_lost": -1}.get(correction.change, 0)


def _row(counts: dict[str, int], **own: Any) -> ProgressRow:
    named: dict[str, Any] = {
        "agency_code": None,
        "agency_name": None,
        "agency_short_name": None,
        "return_state": None,
    }
    return ProgressRow(**{**named, **own, **counts})


def _named_rows(
    installation: Installation, period: Period, rows: _Rows, sent: Sequence[AgencyReturn]
) -> list[ProgressRow]:
    states: dict[str, ReturnState] = {one.agency_code: one.state for one in sent}
    named = [
        _row(
            counts,
            agency_code=code,
            agency_name=(agency := installation.reference.lead(code)).name_on(period.ends_on),
            agency_short_name=agency.short_name_on(period.ends_on),
            return_state=states.get(code),
        )
        for code, counts in rows.items()
    ]
    return sorted(named, key=lambda row: (-row.overdue, row.agency_name or "", row.agency_code or ""))


def _outstanding(sent: Sequence[AgencyReturn]) -> Iterable[MissingReturn]:
    return (
        MissingReturn(one.agency_code, one.agency_name, one.agency_short_name, one.state, one.first_sent_on)
        for one in sent
        if one.state in (ReturnState.MISSING, ReturnState.LATE)
    )


def _bottlenecks(installation: Installation, programme: str, counted: Moment) -> Iterable[Bottleneck]:
    return (
        Bottleneck(
            document_id=row["document_id"],
            title=row["title"],
            drafting_agency=row["drafting_agency"],
            drafting_agency_short_name=row["drafting_agency_name"],
            planned_issue_on=row["planned_issue_on"],
            alone=row["alone"],
            helps=row["helps"],
        )
        for row in figures.bottlenecks(installation, programme, counted).iter_rows(named=True)
    )
