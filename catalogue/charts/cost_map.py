"""Procedures by what a case costs and how many cases there are: towards the upper right they cost people most."""

from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, RULE, finish
from catalogue.i18n import Translator, money

_TEAL = "#0b7a75"
_NAMED = 1  # of the dearest bear their names: those behind it lie close together
_LETTERS = 34
_ON_A_DESK = "width > 440 ? 1 : 0"  # on a phone names would lie on each other


@kept
def points(frame: pl.DataFrame, t: Translator) -> Any:
    """Chart of services.cost_portfolio.find, rows of known cost; selection `procedure` gives the code of a clicked one."""
    told = (
        frame.filter((pl.col("case_vnd") > 0) & (pl.col("cases") > 0))
        .select("procedure_code", "name", "agency_name", "case_vnd", "cases", "year_vnd")
        .with_row_index("place")
        .with_columns(
            year=pl.col("year_vnd").map_elements(lambda vnd: money.money(t, vnd), return_dtype=pl.String),
            label=pl.when(pl.col("place") < _NAMED).then(
                pl.concat_str(pl.col("name").str.slice(0, _LETTERS), pl.lit("…"))
            ),
        )
    )
    pick = alt.selection_point(name="procedure", fields=["procedure_code"], empty=False)
    log = alt.Scale(type="log", nice=False, padding=18)
    x = alt.X(
        "cases:Q",
        scale=log,
        title=t("costs.axis_cases"),
        axis=alt.Axis(format=",d", tickCount=5, gridColor=RULE),
    )
    y = alt.Y(
        "case_vnd:Q",
        scale=log,
        title=t("costs.axis_case"),
        axis=alt.Axis(format=",d", tickCount=5, gridColor=RULE),
    )
    base = alt.Chart(told).encode(x=x, y=y)
    marks = (
        base.mark_circle(color=_TEAL, opacity=0.55, cursor="pointer")
        .encode(
            size=alt.Size("year_vnd:Q", legend=None, scale=alt.Scale(range=[18, 700])),
            tooltip=[
                alt.Tooltip("name:N", title=t("costs.col_procedure")),
                alt.Tooltip("agency_name:N", title=t("costs.col_agency")),
                alt.Tooltip("case_vnd:Q", title=t("costs.col_case"), format=",d"),
                alt.Tooltip("cases:Q", title=t("costs.col_cases"), format=",d"),
                alt.Tooltip("year:N", title=t("costs.col_year")),
            ],
        )
        .add_params(pick)
    )
    names = (
        base.mark_text(align="right", dx=-12, fontSize=11, color=INK, limit=230, opacity=alt.expr(_ON_A_DESK))
        .encode(text="label:N")
        .transform_filter("isValid(datum.label)")
    )
    return finish(alt.layer(marks, names).properties(height=330), t)
