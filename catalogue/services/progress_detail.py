"""What a progress report tells beside its rows: pace and target, assigning documents, who is late and why, what changed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from catalogue.model.pace import NoPace, Pace, Refusal, Window
from catalogue.model.period import Moment, month_end_before, months_before, months_between
from catalogue.model.progress_report import ProgressReport
from catalogue.services import agency_progress, figures, pace, programmes, targets
from catalogue.services.installation import Installation
from catalogue.services.targets import Standing
from catalogue.store.database import Row
from catalogue.working_days import civil_day


@dataclass(frozen=True)
class Detail:
    """Frames of one report, all at its own `moment`: the end of the period and the last revision that its rows count.

    `curve`: stage, day, reached; of one agency by month ends. `agencies`: services.figures.by_agency.
    `documents`: label, base, standing, done, overdue, due_soon, in_time, the oldest document first.
    `late`: overdue items, most days late first within their agency; `said`: open items with an extension or an
    obstacle that their ministry sent. `changes`: change, agency_code, agency_name, items since the period before.
    """

    agency: str | None
    moment: Moment
    curve: pl.DataFrame
    pace: Pace | NoPace
    target: Standing | None
    agencies: pl.DataFrame
    documents: pl.DataFrame
    late: tuple[Row, ...]
    said: tuple[Row, ...]
    changes: pl.DataFrame
    base_turns: tuple[Row, ...]  # services.programmes.base_changes: why the curve breaks

    @property
    def waiting(self) -> tuple[Row, ...]:
        """Open items whose extension is asked for and not decided."""
        return tuple(one for one in self.said if one["extension_action"] == "submit")

    @property
    def obstacles(self) -> tuple[Row, ...]:
        """Open items whose ministry told why they stand still."""
        return tuple(one for one in self.said if one["reason"])

    @property
    def unexplained(self) -> tuple[Row, ...]:
        """Overdue items about which nothing was said."""
        return tuple(one for one in self.late if not one["reason"] and not one["extension_action"])


def detail(installation: Installation, report: ProgressReport, agency: str | None = None) -> Detail:
    """What stands behind a report; `agency` as the report was asked for."""
    known = report.known_until
    moment = Moment(report.as_of, civil_day(known) if known else None, report.revision)
    programme = report.programme_code
    open_items = installation.database.known(
        "progress/open_items",
        programme=programme,
        agency=agency,
        as_of=moment.as_of,
        revision=moment.revision,
    ).to_dicts()
    overdue = [one for one in open_items if one["is_overdue"]]
    changes = figures.changes(installation, programme, moment, month_end_before(report.period.starts_on))
    by_agency = figures.by_agency(installation, programme, moment)
    return Detail(
        agency=agency,
        moment=moment,
        curve=_curve(installation, programme, moment, agency, report.done_stage),
        pace=_pace(installation, report, moment, agency),
        target=_target(installation, report, moment),
        agencies=_of(by_agency, agency),
        documents=_documents(installation, programme, moment, agency),
        late=tuple(sorted(overdue, key=_lateness)),
        said=tuple(one for one in open_items if one["extension_action"] or one["reason"]),
        changes=_of(changes, agency),
        base_turns=()
        if agency
        else tuple(programmes.base_changes(installation, programme, moment).to_dicts()),
    )


def _lateness(row: Row) -> tuple[str, date, int]:
    return row["agency_name"], row["current_deadline"] or date.max, row["item_id"]


def _of(frame: pl.DataFrame, agency: str | None) -> pl.DataFrame:
    return frame if agency is None else frame.filter(pl.col("agency_code") == agency)


def _target(installation: Installation, report: ProgressReport, moment: Moment) -> Standing | None:
    """The target that is set for the whole programme; None where no source sets one."""
    wanted = installation.reference.programme(report.programme_code).target
    return targets.standing(installation, wanted, moment)[0] if wanted else None


def _documents(
    installation: Installation, programme: str, moment: Moment, agency: str | None
) -> pl.DataFrame:
    """The items of the base by the document that assigned them."""
    states = ("base", "standing", "done", "overdue", "due_soon")
    counted = (
        _of(figures.cells(installation, programme, moment), agency)
        .group_by("assigned_by", "document_number", "document_date", "document_title")
        .agg(pl.col(*states).sum())
        .with_columns(
            pl.coalesce("document_number", "document_title", pl.lit("–")).alias("label"),
            (
                pl.col("base") - pl.col("standing") - pl.col("done") - pl.col("overdue") - pl.col("due_soon")
            ).alias("in_time"),
        )
    )
    return counted.sort("document_date", "assigned_by", nulls_last=True)


def _curve(
    installation: Installation, programme: str, moment: Moment, agency: str | None, done_stage: str
) -> pl.DataFrame:
    if agency is None:
        return figures.curve(installation, programme, moment)
    trend = agency_progress.trend(installation, programme, moment).filter(pl.col("agency_code") == agency)
    names = {"base": "assigned", "done": done_stage}
    return (
        trend.unpivot(["base", "done"], index="day", variable_name="stage", value_name="reached")
        .with_columns(pl.col("stage").replace(names))
        .sort("stage", "day")
        .filter(pl.col("reached") != pl.col("reached").shift(1, fill_value=-1).over("stage"))
    )


def _pace(
    installation: Installation, report: ProgressReport, moment: Moment, agency: str | None
) -> Pace | NoPace:
    """The programme's usual pace; of one agency over six months, by the agencies of the report's day."""
    if agency is None:
        return pace.usual(installation, report.programme_kind, moment)
    since = replace(moment, as_of=months_before(moment.as_of, 6))
    before, base_then = _counted(installation, report, since, agency)
    done, base = report.total.done, report.total.counted
    if not base:
        return NoPace(Window.SIX_MONTHS, Refusal.NO_BASE, since)
    if not base_then:
        return NoPace(Window.SIX_MONTHS, Refusal.NO_BASE_THEN, since, base_then, base)
    moved = installation.database.known(
        "periods/base_changes",
        programme=report.programme_code,
        since=since.as_of,
        since_revision=since.revision,
        as_of=moment.as_of,
        revision=moment.revision,
    )
    if base != base_then or _of(moved, agency).height:
        return NoPace(Window.SIX_MONTHS, Refusal.BASE_MOVED, since, base_then, base)
    months = months_between(since.as_of, moment.as_of)
    return Pace(Window.SIX_MONTHS, since, months, before, done, base, aim=base)


def _counted(
    installation: Installation, report: ProgressReport, since: Moment, agency: str
) -> tuple[int, int]:
    """Done and base of an agency on an earlier day, counted by who answers on the report's day."""
    frame: Any = installation.database.known(
        "periods/figures", as_of=since.as_of, answering_on=report.as_of, revision=since.revision
    ).filter((pl.col("programme_code") == report.programme_code) & (pl.col("agency_code") == agency))
    return int(frame["done"].sum()), int(frame["assigned"].sum() - frame["standing"].sum())
