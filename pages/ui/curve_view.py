"""The curve of a programme with its switch between counts and percent, what broke its base, and the table behind it."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import polars as pl
import streamlit as st

from catalogue.charts import progress
from catalogue.charts.progress import Break, View
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.pace import NoPace, Pace
from catalogue.model.period import Moment, month_end_before
from catalogue.reference import Programme
from catalogue.services import figures, programmes
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import chart_view, filters, tables

_MOST_TOLD = 3  # changes of the base told below the curve; the programme's page tells all


def choose_view(t: Translator) -> View:
    """Counts or percent, as the address says."""
    return View(filters.switch(t("target.view"), {str(one): t(f"target.view_{one}") for one in View}, "view"))


def show(
    installation: Installation,
    programme: Programme,
    moment: Moment,
    walked: Pace | NoPace | None,
    view: View,
    t: Translator,
    *,
    target: Decimal | None = None,
    height: int = 185,
) -> None:
    """Draw the curve; the programme's base must not be empty."""
    frame = figures.curve(installation, programme.code, moment)
    stages = figures.stages(installation, programme.code, moment)
    found = breaks(installation, programme, moment, frame, t)
    said = [t("target.curve_caption", stage=t(f"stage.{programme.done_stage}").lower())]
    if isinstance(walked, Pace) and walked.months_left:
        said.append(t("target.curve_continuation"))
    if found:
        base = stages["assigned"] - stages["standing"]
        said.append(t("target.curve_breaks"))
        said += (_told(one, stages["done"], base, moment, t) for one in found[-_MOST_TOLD:])
    chart_view.show(
        progress.curve(
            frame, programme.done_stage, moment.as_of, walked, t,
            view=view, breaks=found, target=target, height=height,
        ),
        title=t("target.curve_named", programme=t(f"programme.{programme.kind}")),
        alt=alt_text(frame, stages, found, moment, t),
        caption=" ".join(said),
        t=t,
        key=f"curve-{programme.kind}",
    )  # fmt: skip


def breaks(
    installation: Installation, programme: Programme, moment: Moment, frame: pl.DataFrame, t: Translator
) -> tuple[Break, ...]:
    """Each day of the curve on which the base moved, with its documents and reasons; a missing one is said, not left
    out."""
    start = progress.beginning(frame, programme.done_stage, moment.as_of)
    changes = programmes.base_changes(installation, programme.code, moment)
    return tuple(
        Break(
            one.day,
            one.old,
            one.new,
            document=_joined(rows, _document, t("target.no_document")),
            reason=_joined(rows, _reason, t("target.no_reason")),
        )
        for one in progress.base_breaks(frame)
        if one.day >= start
        for rows in [changes.filter(pl.col("effective_date") == one.day).to_dicts()]
    )


def alt_text(
    frame: pl.DataFrame, stages: dict[str, int], found: Sequence[Break], moment: Moment, t: Translator
) -> str:
    """What the curve shows, computed from the data."""
    parts = ", ".join(
        f"{t(f'stage.{name}')} {t.number(stages[name])}/{t.number(stages['assigned'])}"
        for name in frame["stage"].unique().sort()
    )
    said = t("overview.curve_alt", parts=parts, day=moment.as_of)
    if not found:
        return said
    moved = ", ".join(t("target.curve_alt_break", day=one.day, old=one.old, new=one.new) for one in found)
    return f"{said} {t('target.curve_alt_breaks', parts=moved)}"


def table(installation: Installation, programme: Programme, moment: Moment, t: Translator) -> None:
    """The stages at each month end, on the base of the day and on the one before it."""
    frame = figures.curve(installation, programme.code, moment)
    rows = monthly(frame, programme.done_stage, moment.as_of)
    number = st.column_config.NumberColumn
    shown = [stage for stage in programme.stages if stage in rows.columns and stage != "assigned"]
    columns = {
        "day": st.column_config.DateColumn(t("target.col_day"), format="DD/MM/YYYY"),
        "base": number(t("target.col_base")),
        **{stage: number(t(f"stage.{stage}")) for stage in shown},
        "percent": number(t("target.col_percent")),
        "on_old": number(t("target.col_old_base")),
    }
    with st.expander(t("target.curve_table")):
        tables.show(
            rows.select(list(columns)),
            columns,
            key="curve-table",
            title=t("target.curve_title"),
            t=t,
            moment=moment,
            drawn=tables.written(
                rows.select(list(columns)),
                t,
                {"base": 0, **dict.fromkeys(shown, 0), "percent": 1, "on_old": 1},
            ),
        )


def monthly(frame: pl.DataFrame, done_stage: str, as_of: date) -> pl.DataFrame:
    """day, base, one column a stage, percent, on_old: the counts at each month end of the curve, the newest first."""
    start = progress.beginning(frame, done_stage, as_of)
    marks = tuple(one for one in progress.base_breaks(frame) if one.day >= start)
    told = progress.points(frame, start, as_of, marks)
    days, day = [as_of], month_end_before(as_of)
    while day >= start:
        days.append(day)
        day = month_end_before(day)
    rows = []
    for day in days:
        before = told.filter(pl.col("day") <= day)
        if before.is_empty():
            continue
        counts = dict(before.group_by("stage").agg(pl.col("reached").last()).iter_rows())
        last = before.sort("segment", "day").tail(1).to_dicts()[0]
        done = counts.get(done_stage, 0)
        rows.append(
            {"day": day, "base": counts.get("assigned", 0), "percent": _share(done, last["base"]),
             "on_old": _share(done, last["old_base"]), **counts}
        )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _share(done: int, base: int | None) -> float | None:
    return float(share(done, base, 1)) if base else None


def _document(row: Row) -> str | None:
    said: str | None = row["document_number"] or row["document_title"]
    return said


def _reason(row: Row) -> str | None:
    said: str | None = row["reason"]
    return said


def _joined(rows: list[Row], said: Callable[[Row], str | None], missing: str) -> str:
    return "; ".join(dict.fromkeys(said(row) or missing for row in rows)) or missing


def _told(one: Break, done: int, base: int, moment: Moment, t: Translator) -> str:
    return t(
        "target.curve_break",
        day=one.day,
        old=one.old,
        new=one.new,
        document=one.document,
        as_of=moment.as_of,
        done=done,
        base=base,
        percent=t.percent(share(done, base, 1)),
        on_old=t.percent(share(done, one.old, 1)),
    )
