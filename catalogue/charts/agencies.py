"""Agencies as horizontal bars: done, in time, due soon, overdue; most overdue first."""

from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.theme import STATUS, finish
from catalogue.i18n import Translator

STATES = ("done", "in_time", "due_soon", "overdue")
_LABEL = 120  # pixels right of the longest bar


def bars(frame: pl.DataFrame, t: Translator) -> Any:
    """Chart of services.figures.by_agency; selection `agency` gives the agency_code of a clicked bar."""
    long = (
        frame.unpivot(
            STATES,
            index=["agency_code", "agency_short_name", "base"],
            variable_name="state",
            value_name="items",
        )
        .filter(pl.col("items") > 0)
        .with_columns(
            pl.col("state")
            .replace_strict({state: t(f"deadline.bar_{state}") for state in STATES})
            .alias("name"),
            pl.col("state")
            .replace_strict({state: rank for rank, state in enumerate(STATES)}, return_dtype=pl.Int64)
            .alias("rank"),
        )
        .sort("agency_code", "rank")
        .with_columns((pl.col("items").cum_sum().over("agency_code") - pl.col("items") / 2).alias("middle"))
    )
    order = frame["agency_short_name"].to_list()
    room = alt.expr(f"{max(frame['base'])} * width / max(width - {_LABEL}, width / 2)")
    names = [t(f"deadline.bar_{state}") for state in STATES]
    y = alt.Y(
        "agency_short_name:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            ticks=False,
            domain=False,
            labelOverlap=False,
            labelFontSize=11,
            labelFlush=False,
            labelBaseline="middle",
        ),
    )
    pick = alt.selection_point(name="agency", fields=["agency_code"], empty=False)
    bar = (
        alt.Chart(long)
        .mark_bar(height=11, cursor="pointer")
        .encode(
            y=y,
            x=alt.X("items:Q", stack="zero", title=None, axis=None, scale=alt.Scale(domainMax=room)),
            color=alt.Color(
                "name:N", legend=None, scale=alt.Scale(domain=names, range=[STATUS[s] for s in STATES])
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("agency_short_name:N", title=t("overview.tooltip_agency")),
                alt.Tooltip("name:N", title=t("overview.tooltip_state")),
                alt.Tooltip("items:Q", title=t("overview.tooltip_count"), format=",d"),
                alt.Tooltip("base:Q", title=t("overview.tooltip_base"), format=",d"),
            ],
        )
        .add_params(pick)
    )
    totals = frame.with_columns(
        pl.Series(
            "label",
            [
                f"{t.number(row['done'])}/{t.number(row['base'])}"
                + (f" · {t('overview.overdue_short', count=row['overdue'])}" if row["overdue"] else "")
                for row in frame.iter_rows(named=True)
            ],
        )
    )
    label = (
        alt.Chart(totals)
        .mark_text(align="left", dx=4, fontSize=11)
        .encode(y=y, x=alt.X("base:Q", axis=None), text="label:N")
    )
    return finish(alt.layer(bar, label).properties(height=alt.Step(14)), t)
