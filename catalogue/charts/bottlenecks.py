"""Unissued instruments as bars: what each alone holds back (solid) and what it helps (light), the most first."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, STATUS, finish
from catalogue.i18n import Translator

# A planned day that has passed, one still to come, none: the words at the bar say the same.
COLOURS = {"passed": STATUS["overdue"], "to_come": "#46606b", "none": "#8b979c"}
# In any of these colours: full, and as light as `_LIGHT` makes it; here on ink, as a legend shows them.
SHADES = {"alone": INK, "helps": "#b8bbbd"}
_LIGHT = 0.32


def colour_of(timing: str) -> str:
    """The key of COLOURS for a model.instrument.Timing."""
    return timing if timing in COLOURS else "to_come"


@kept
def bars(frame: pl.DataFrame, as_of: date, t: Translator) -> Any:
    """Chart of services.instruments.find; selection `document` gives the document_id of a clicked bar."""
    rows = [_row(row, as_of, t) for row in frame.iter_rows(named=True)]
    told = pl.DataFrame(rows)
    room = max(frame["helps"].to_list()) * 1.04
    scale = alt.Scale(domainMin=0, domainMax=room)
    y = alt.Y("place:O", axis=None, sort=None)
    colour = alt.Color(
        "timing:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    )
    pick = alt.selection_point(name="document", fields=["document_id"], empty=False)
    base = alt.Chart(told).encode(y=y)
    tooltip = [
        alt.Tooltip("title:N", title=t("instrument.tooltip_title")),
        alt.Tooltip("agency:N", title=t("instrument.col_agency")),
        alt.Tooltip("alone:Q", title=t("instrument.col_alone"), format=",d"),
        alt.Tooltip("helps:Q", title=t("instrument.col_helps"), format=",d"),
        alt.Tooltip("when:N", title=t("instrument.col_planned")),
    ]
    light = base.mark_bar(height=9, yOffset=9, opacity=_LIGHT, cursor="pointer").encode(
        x=alt.X("helps:Q", title=None, axis=None, scale=scale), color=colour, tooltip=tooltip
    )
    solid = (
        base.mark_bar(height=9, yOffset=9, cursor="pointer")
        .encode(x=alt.X("alone:Q", scale=scale), color=colour, tooltip=tooltip)
        .add_params(pick)
    )
    name = base.mark_text(align="left", dy=-9, limit=alt.expr("width"), fontSize=12, color=INK).encode(
        x=alt.value(0), text="title:N"
    )
    beside = base.mark_text(align="left", dy=25, limit=alt.expr("width"), fontSize=11, color=MUTED).encode(
        x=alt.value(0), text="label:N"
    )
    return finish(alt.layer(light, solid, name, beside).properties(height=alt.Step(62)), t)


def _row(row: dict[str, Any], as_of: date, t: Translator) -> dict[str, Any]:
    when = planned(row, as_of, t)
    return {
        "document_id": row["document_id"],
        "place": row["document_id"],
        "title": row["title"],
        "agency": row["drafting_agency_short_name"] or "–",
        "alone": row["alone"],
        "helps": row["helps"],
        "timing": colour_of(row["timing"] or "none"),
        "when": when,
        "label": f"{held(row, t)} · {row['drafting_agency_short_name'] or '–'} · {when}",
    }


def held(row: dict[str, Any], t: Translator) -> str:
    """How many items one instrument holds back, in words."""
    others = row["helps"] - row["alone"]
    if not others:
        return t("instrument.holds_alone", alone=row["alone"])
    return t("instrument.holds", alone=row["alone"], others=others)


def planned(row: dict[str, Any], as_of: date, t: Translator) -> str:
    """The planned day of issue in words, and how late it is."""
    day = row["planned_issue_on"]
    if day is None:
        return t("instrument.unplanned")
    if day < as_of:
        return t("instrument.late", day=day, days=(as_of - day).days)
    return t("instrument.planned", day=day)
