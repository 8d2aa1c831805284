"""Documents that open items wait for as bars by deadline state, the most overdue first."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts import bottlenecks
from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, STATUS, finish
from catalogue.i18n import Translator

STATES = ("overdue", "due_soon", "in_time")


@kept
def bars(frame: pl.DataFrame, as_of: date, t: Translator) -> Any:
    """Chart of services.decentralisation.by_instrument; selection `document` gives the document_id of a clicked bar."""
    rows = [
        row | {"title": row["title"] or t("decentralisation.no_document"), "label": said(row, as_of, t)}
        for row in frame.iter_rows(named=True)
    ]
    told = pl.DataFrame(rows).select("document_id", "title", "label", *STATES).with_row_index("place")
    long = (
        told.unpivot(
            STATES,
            index=["place", "document_id", "title", "label"],
            variable_name="state",
            value_name="items",
        )
        .filter(pl.col("items") > 0)
        .with_columns(
            name=pl.col("state").replace_strict({state: t(f"deadline.bar_{state}") for state in STATES}),
            rank=pl.col("state").replace_strict(
                {state: rank for rank, state in enumerate(STATES)}, return_dtype=pl.Int64
            ),
        )
    )
    y = alt.Y("place:O", axis=None, sort=None)
    pick = alt.selection_point(name="document", fields=["document_id"], empty=False)
    bar = (
        alt.Chart(long)
        .mark_bar(height=9, yOffset=9, cursor="pointer")
        .encode(
            x=alt.X("items:Q", stack="zero", title=None, axis=None),
            y=y,
            color=alt.Color(
                "state:N",
                legend=None,
                scale=alt.Scale(domain=list(STATES), range=[STATUS[state] for state in STATES]),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("title:N", title=t("instrument.tooltip_title")),
                alt.Tooltip("name:N", title=t("overview.tooltip_state")),
                alt.Tooltip("items:Q", title=t("overview.tooltip_count"), format=",d"),
            ],
        )
        .add_params(pick)
    )
    base = alt.Chart(told).encode(x=alt.value(0), y=y)
    name = base.mark_text(align="left", dy=-9, limit=alt.expr("width"), color=INK).encode(text="title:N")
    beside = base.mark_text(align="left", dy=25, limit=alt.expr("width"), fontSize=11, color=MUTED).encode(
        text="label:N"
    )
    return finish(alt.layer(bar, name, beside).properties(height=alt.Step(62)), t)


def said(row: dict[str, Any], as_of: date, t: Translator) -> str:
    """What waits for one document, who drafts it, and when it comes."""
    states = [
        t(f"decentralisation.wait_{state}", count=row[state])
        for state in ("overdue", "due_soon")
        if row[state]
    ]
    held = t("decentralisation.holds", items=row["items"], alone=row["alone"])
    return " · ".join([held, *states, row["drafting_agency_short_name"] or "–", when(row, as_of, t)])


def when(row: dict[str, Any], as_of: date, t: Translator) -> str:
    """When a document comes into force, or is to be issued, and how late that is."""
    if row["document_id"] is None:
        return t("instrument.unplanned")
    if row["state"] == "issued":
        return t("decentralisation.in_force_from", day=row["in_force_on"])
    return bottlenecks.planned(row, as_of, t)
