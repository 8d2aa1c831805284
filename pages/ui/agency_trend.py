"""How far each agency came, month by month: small curves on one axis, the most behind first; each opens its agency."""

import polars as pl
import streamlit as st

from catalogue.charts import small_multiples as chart
from catalogue.charts.small_multiples import Panel, Point
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.services import agency_progress, figures
from catalogue.services.installation import Installation
from pages.ui import chart_view, menu, plain, tables

_ACROSS = {"wide": 5, "narrow": 2}
_NAMED = 5
_STILL = 3  # months without a step forward that are worth a sentence


def show(installation: Installation, kind: str, moment: Moment, t: Translator) -> None:
    """Draw what the curves say, the curves, and the month ends as a table."""
    frame = agency_progress.trend(installation, figures.PROGRAMMES[kind], moment)
    frame = frame.filter(pl.col("base") > 0)
    st.caption(t(f"figures.definition_{kind}.done"))
    panels = [
        Panel(
            str(code),
            rows["agency_short_name"][0],
            rows["agency_name"][0],
            [Point(*row) for row in rows.select("day", "done", "base").iter_rows()],
        )
        for (code,), rows in frame.group_by("agency_code", maintain_order=True)
    ]
    if not panels:
        st.info(t("agencies.empty"))
        return
    st.markdown(plain.markdown(answer(panels, t)))
    title = t("agencies.file_trend", programme=t(f"programme.{kind}"))
    first, last = frame["day"].min(), frame["day"].max()
    parts = "; ".join(
        t(
            "agencies.trend_part",
            name=one.label,
            first=_percent(one.points[0], t),
            last=_percent(one.points[-1], t),
        )
        for one in panels
    )
    moved = [one for one in panels if chart.segments(one.points)[-1]]
    caption = t("agencies.trend_caption", first=first, last=last)
    if moved:
        names = ", ".join(one.label for one in moved)
        caption += f" {t('agencies.trend_breaks', count=len(moved), names=names)}"
    for size, across in _ACROSS.items():
        with st.container(key=f"rows-{size}-trend"):
            picked = chart_view.show(
                chart.curves(panels, t, across=across),
                title=title,
                alt=t("agencies.trend_alt", parts=parts),
                t=t,
                caption=caption,
                hint=t("agencies.ranking_hint"),
                key=f"trend-{size}",
                on_select="rerun",
                wide=1100 if size == "wide" else 420,
            )
        if hits := picked["selection"].get("panel"):
            menu.go("agency", code=hits[0]["key"], **menu.way_back())
    _table(frame, title, t)


def answer(panels: list[Panel], t: Translator) -> str:
    """How many are through, how many did not begin, how many stood still for the last months."""
    ends = [(one, one.points[-1]) for one in panels]
    whole = sum(last.done == last.base for _, last in ends)
    none = sum(last.done == 0 for _, last in ends)
    still = [one.label for one, last in ends if 0 < last.done < last.base and _stood(one)]
    said = t("agencies.trend_answer", count=len(panels), whole=whole, none=none)
    if still:
        names = ", ".join(still[:_NAMED])
        if len(still) > _NAMED:
            names = t("agencies.and_more", names=names, count=len(still) - _NAMED)
        said += f" {t('agencies.trend_still', count=len(still), months=_STILL, names=names)}"
    return said


def _stood(panel: Panel) -> bool:
    """Whether nothing more was done over the last whole months."""
    return len(panel.points) > _STILL + 1 and panel.points[-1].done <= panel.points[-2 - _STILL].done


def _percent(point: Point, t: Translator) -> str:
    return t.percent(share(point.done, point.base, 1))


def _table(frame: pl.DataFrame, title: str, t: Translator) -> None:
    shown = frame.select("agency_name", "day", "done", "base")
    percent = [share(done, base) for done, base in frame.select("done", "base").iter_rows()]
    column, number = st.column_config, st.column_config.NumberColumn
    with st.expander(t("agencies.trend_table")):
        tables.show(
            shown.with_columns(percent=pl.Series([t.percent(one) for one in percent], dtype=pl.String)),
            {
                "agency_name": column.TextColumn(t("overview.col_agency"), width=330),
                "day": column.DateColumn(t("overview.tooltip_day"), format="DD/MM/YYYY", width=110),
                "done": number(t("agencies.above_done"), width=110),
                "base": number(t("agencies.below_base"), width=120),
                "percent": column.TextColumn(t("agencies.col_rate"), width=90, alignment="right"),
            },
            key="trend-table",
            title=title,
            t=t,
            whole=shown.with_columns(percent=pl.Series(percent, dtype=pl.Decimal(9, 4))),
        )
