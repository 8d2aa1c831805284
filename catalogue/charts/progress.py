"""The curve of a programme: its stages as step lines on one base, breaks of the base, arithmetic continuation."""

from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.theme import INK, MUTED, RULE, STAGE, finish
from catalogue.i18n import Translator
from catalogue.model.figure import Pace

_LONGEST_CONTINUATION_MONTHS = 12


def curve(frame: pl.DataFrame, done_stage: str, as_of: date, pace: Pace | None, t: Translator) -> Any:
    """Chart of stage, day, reached (services.figures.curve), at least one row."""
    last = frame.group_by("stage").agg(pl.col("reached").last(), pl.col("day").last())
    ends = last.with_columns(pl.lit(as_of).alias("day"))
    begin = frame.filter(pl.col("stage") == done_stage)["day"].min() or frame["day"].min()
    start = date(begin.year, 1, 1) if isinstance(begin, date) else as_of
    drawn = pl.concat([_from(frame, start), ends.select("stage", "day", "reached")]).sort("stage", "day")
    names = {stage: t(f"stage.{stage}") for stage in drawn["stage"].unique()}
    drawn = drawn.with_columns(pl.col("stage").replace_strict(names).alias("name"))
    end = _end(as_of, pace)
    domain = [start.isoformat(), (end[0] if end else as_of).isoformat()]
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%m/%Y", tickCount=6), scale=alt.Scale(domain=domain))
    y = alt.Y("reached:Q", title=None, axis=alt.Axis(format=",d", tickCount=4), scale=alt.Scale(zero=True))
    colour = alt.Color(
        "stage:N", legend=None, scale=alt.Scale(domain=list(STAGE), range=list(STAGE.values()))
    )
    base = alt.Chart(drawn)
    thin = base.transform_filter(alt.datum.stage != done_stage).mark_line(
        interpolate="step-after", strokeWidth=1.2
    )
    bold = base.transform_filter(alt.datum.stage == done_stage).mark_line(
        interpolate="step-after", strokeWidth=2.6
    )
    hover = base.mark_point(opacity=0, size=80).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("name:N", title=t("overview.tooltip_stage")),
            alt.Tooltip("day:T", title=t("overview.tooltip_day"), format="%d/%m/%Y"),
            alt.Tooltip("reached:Q", title=t("overview.tooltip_count"), format=",d"),
        ],
    )
    layers = [thin.encode(x=x, y=y, color=colour), bold.encode(x=x, y=y, color=colour), hover]
    layers.append(_labels(drawn, as_of, x, y, colour, t))
    if end is not None and pace is not None:
        line = pl.DataFrame({"day": [as_of, end[0]], "reached": [float(end[1]), float(end[2])]})
        layers.append(
            alt.Chart(line).mark_line(strokeDash=[2, 4], color=MUTED, strokeWidth=1.6).encode(x=x, y=y)
        )
    rule = alt.Chart(pl.DataFrame({"day": [as_of]})).mark_rule(color=RULE).encode(x=x)
    return finish(alt.layer(rule, *layers).properties(height=185), t)


def _from(frame: pl.DataFrame, start: date) -> pl.DataFrame:
    """The curve from a day on, each stage beginning with the count it had by then."""
    before = (
        frame.filter(pl.col("day") < start)
        .group_by("stage")
        .agg(pl.col("reached").last())
        .with_columns(pl.lit(start).alias("day"))
        .select("stage", "day", "reached")
    )
    return pl.concat([before, frame.filter(pl.col("day") >= start).select("stage", "day", "reached")])


def _labels(drawn: pl.DataFrame, as_of: date, x: Any, y: Any, colour: Any, t: Translator) -> Any:
    """Each stage's name and last count, written at its line; stages at one height share a label."""
    ends = drawn.filter(pl.col("day") == as_of).unique(["stage"], keep="last").sort("stage")
    labels = (
        ends.group_by("reached", maintain_order=True)
        .agg(pl.col("stage").first(), pl.col("name"))
        .with_columns(pl.lit(as_of).alias("day"))
    )
    texts = [f"{' = '.join(row['name'])}: {t.number(row['reached'])}" for row in labels.iter_rows(named=True)]
    frame = labels.with_columns(pl.Series("label", texts)).drop("name")
    text = alt.Chart(frame).encode(x=x, y=y, text="label:N", color=colour)
    # The lowest line: before the day its label would lie on the others.
    after = alt.datum.stage == "published"
    before_day = text.transform_filter(~after).mark_text(
        align="right", dx=-6, dy=-8, fontWeight="bold", color=INK
    )
    after_day = text.transform_filter(after).mark_text(align="left", dx=6, dy=2, fontWeight="bold", color=INK)
    return before_day + after_day


def _end(as_of: date, pace: Pace | None) -> tuple[date, int, float] | None:
    """Where the arithmetic continuation ends: (day, count now, count then); None without a pace."""
    if pace is None or pace.months_left is None or pace.left <= 0:
        return None
    months = min(float(pace.months_left), _LONGEST_CONTINUATION_MONTHS)
    total = pace.total
    return (
        as_of + timedelta(days=round(months * 30.4375)),
        total - pace.left,
        total - pace.left + float(pace.per_month) * months,
    )
