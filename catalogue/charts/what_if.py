"""The curve of a programme as recorded, and as it would go on: stepped, dashed, named "if"."""

from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, RULE, STAGE, finish
from catalogue.i18n import Translator

_DAYS_BEFORE = 365
_BEYOND = 0.08


@kept
def curve(reached: pl.DataFrame, steps: pl.DataFrame, as_of: date, t: Translator) -> Any:
    """Chart of day, reached (one stage of services.figures.curve) and of services.what_if.Outcome.steps."""
    last = steps.row(-1, named=True)
    past = _past(reached, as_of)
    # a little beyond the last step, so that a step on the last day is seen
    end = last["day"] + (last["day"] - past["day"][0]) * _BEYOND
    recorded, assumed = (_to(end, steps, name) for name in ("recorded", "assumed"))
    span = alt.Scale(domain=[past["day"][0].isoformat(), end.isoformat()])
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%d/%m/%Y", tickCount=3), scale=span)
    y = alt.Y("reached:Q", title=None, axis=alt.Axis(format=",d", tickCount=4), scale=alt.Scale(zero=True))
    done = STAGE["enacted"]
    lines = [
        _line(past, x, y, color=done, strokeWidth=2.6),
        _line(recorded, x, y, color=MUTED, strokeWidth=1.6),
        _line(assumed, x, y, color=done, strokeWidth=2.6, strokeDash=[5, 4]),
        _hover(recorded, t("instrument.if_line_recorded"), x, y, t),
        _hover(assumed, t("instrument.if_line_assumed"), x, y, t),
    ]
    today = alt.Chart(pl.DataFrame({"day": [as_of]})).mark_rule(color=RULE).encode(x=x)
    said = t("instrument.if_label_assumed", count=last["assumed"])
    labels = [_label(end, last["assumed"], said, -4, x, y)]
    if last["recorded"] != last["assumed"]:
        said = t("instrument.if_label_recorded", count=last["recorded"])
        labels.append(_label(end, last["recorded"], said, 8, x, y))
    return finish(alt.layer(today, *lines, *labels).properties(height=230), t)


def _to(end: date, steps: pl.DataFrame, name: str) -> pl.DataFrame:
    line = steps.select("day", pl.col(name).alias("reached"))
    return pl.concat([line, line.tail(1).with_columns(pl.lit(end).alias("day"))])


def _past(reached: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The curve of the year before as_of, from the count it began with up to as_of."""
    start = as_of - timedelta(days=_DAYS_BEFORE)
    known = reached.select("day", "reached").filter(pl.col("day") <= as_of).sort("day")
    before = known.filter(pl.col("day") <= start)
    first = before["reached"][-1] if before.height else 0
    last = known["reached"][-1] if known.height else 0
    ends = [
        pl.DataFrame({"day": [day], "reached": [count]}) for day, count in ((start, first), (as_of, last))
    ]
    return pl.concat([ends[0], known.filter(pl.col("day") > start), ends[1]])


def _line(frame: pl.DataFrame, x: Any, y: Any, **look: Any) -> Any:
    return alt.Chart(frame).mark_line(interpolate="step-after", **look).encode(x=x, y=y)


def _hover(frame: pl.DataFrame, name: str, x: Any, y: Any, t: Translator) -> Any:
    return (
        alt.Chart(frame.with_columns(pl.lit(name).alias("name")))
        .mark_point(opacity=0, size=80)
        .encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("name:N", title=t("instrument.if_tooltip_line")),
                alt.Tooltip("day:T", title=t("overview.tooltip_day"), format="%d/%m/%Y"),
                alt.Tooltip("reached:Q", title=t("overview.tooltip_count"), format=",d"),
            ],
        )
    )


def _label(day: date, reached: int, text: str, dy: int, x: Any, y: Any) -> Any:
    frame = pl.DataFrame({"day": [day], "reached": [reached], "label": [text]})
    return (
        alt.Chart(frame)
        .mark_text(align="left", dx=6, dy=dy, fontWeight="bold", color=INK)
        .encode(x=x, y=y, text="label:N")
    )
