"""Exact sets of levels as horizontal bars, the largest first: a procedure is in one bar only, so they add up."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import STAGE, finish
from catalogue.i18n import Translator


@kept
def bars(sets: Sequence[tuple[str, str, int]], t: Translator) -> Any:
    """Chart of (key, label, procedures); selection `set` gives the key of a clicked bar."""
    frame = pl.DataFrame(sets, schema={"key": pl.String, "label": pl.String, "count": pl.Int64}, orient="row")
    frame = frame.with_columns(
        pl.Series("shown", [t.number(count) for count in frame["count"]], dtype=pl.String)
    )
    y = alt.Y(
        "label:N",
        sort=frame["label"].to_list(),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelOverlap=False),
    )
    room = int(frame["count"].max() or 0) * 1.25  # type: ignore[arg-type]
    pick = alt.selection_point(name="set", fields=["key"], empty=False)
    bar = (
        alt.Chart(frame)
        .mark_bar(height=13, cursor="pointer", color=STAGE["enacted"])
        .encode(
            y=y,
            x=alt.X("count:Q", title=None, axis=None, scale=alt.Scale(domainMax=room)),
            tooltip=[
                alt.Tooltip("label:N", title=t("levels.tooltip_set")),
                alt.Tooltip("count:Q", title=t("levels.tooltip_count"), format=",d"),
            ],
        )
        .add_params(pick)
    )
    label = (
        alt.Chart(frame)
        .mark_text(align="left", dx=4)
        .encode(y=y, x=alt.X("count:Q", axis=None), text="shown:N")
    )
    return finish(alt.layer(bar, label).properties(height=alt.Step(22)), t)
